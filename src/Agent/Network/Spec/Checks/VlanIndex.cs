using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>The VLAN sub-interfaces of a link, by id and protocol; each link is looked at once.</summary>
internal sealed class VlanIndex(CheckContext context)
{
    /// <summary>ETH_P_8021Q, the kernel's default.</summary>
    public const long Dot1Q = 0x8100;

    private readonly Dictionary<string, Dictionary<(int Id, long Protocol), VlanLink>> _byBase = new(StringComparer.Ordinal);

    /// <summary>The sub-interfaces of a link; where two have one id, the one that is there already, or the first that is described.</summary>
    public IReadOnlyDictionary<(int Id, long Protocol), VlanLink> On(string lower)
    {
        if (_byBase.TryGetValue(lower, out var known)) return known;
        var links = new Dictionary<(int, long), VlanLink>();
        // What is there comes first: it is a described one that has to give way.
        foreach (var upper in context.Observed?.UppersOf(lower) ?? [])
        {
            if (context.Spec(upper) is null) Add(links, upper, null);
        }

        foreach (var upper in context.Observed?.UppersOf(lower) ?? [])
        {
            if (context.Spec(upper) is { IsAbsent: false, BaseLink: null } spec) Add(links, upper, spec);
        }

        foreach (var spec in context.UppersOf(lower)) Add(links, spec.Name, spec);
        return _byBase[lower] = links;
    }

    /// <summary>The VLAN as it is once the documents are applied; null where the link is no VLAN.</summary>
    public VlanLink? Of(string name, InterfaceSpec? spec)
    {
        if (context.Value(name, VlanFields.Id)?.Number is not { } id) return null;
        return new VlanLink(name, (int)id, context.Value(name, VlanFields.Protocol)?.Number ?? Dot1Q, spec);
    }

    private void Add(Dictionary<(int, long), VlanLink> links, string name, InterfaceSpec? spec)
    {
        if (Of(name, spec) is { } link) links.TryAdd((link.Id, link.Protocol), link);
    }
}
