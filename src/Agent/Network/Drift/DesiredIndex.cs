using NodeAgent.Network.Model;

namespace NodeAgent.Network.Drift;

/// <summary>The desired state by the links each part of it depends on, so that an event costs what it touches and no more.</summary>
internal sealed class DesiredIndex
{
    private readonly Dictionary<string, List<InterfaceSpec>> _byLink = new(StringComparer.Ordinal);
    private readonly DesiredState _desired;

    public DesiredIndex(DesiredState desired)
    {
        _desired = desired;
        foreach (var spec in desired.Interfaces)
        {
            Add(spec.Name, spec);
            if (spec.BaseLink is { } lower) Add(lower, spec);
            if (spec.Fields.Text(Schema.VethFields.Peer) is { } peer) Add(peer, spec);
            foreach (var port in spec.Ports ?? []) Add(port.Name, spec);
        }
    }

    public DesiredState All => _desired;

    /// <summary>What is to be looked at again when these links changed; null is everything.</summary>
    public DesiredState Affected(IReadOnlyCollection<string>? links, bool routes, Predicate<InterfaceSpec> keep)
    {
        if (links is null) return new DesiredState { Interfaces = [.. _desired.Interfaces.Where(s => keep(s))], Routes = _desired.Routes };
        var found = new List<InterfaceSpec>();
        var known = new HashSet<InterfaceSpec>(ReferenceEqualityComparer.Instance);
        foreach (var link in links)
        {
            if (!_byLink.TryGetValue(link, out var specs)) continue;
            foreach (var spec in specs)
            {
                if (keep(spec) && known.Add(spec)) found.Add(spec);
            }
        }

        return new DesiredState { Interfaces = found, Routes = routes || found.Count > 0 ? _desired.Routes : [] };
    }

    private void Add(string link, InterfaceSpec spec)
    {
        if (!_byLink.TryGetValue(link, out var list)) _byLink[link] = list = [];
        list.Add(spec);
    }
}
