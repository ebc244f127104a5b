using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Planning.Working;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Reverting;

/// <summary>An interface as it was, as far as a document names it or its plan changes it.</summary>
internal static class FormerInterface
{
    public static InterfaceSpec? Of(NetworkSnapshot before, WorkingState after, string name, InterfaceSpec? named, Ownership ownership)
    {
        var now = after.Find(name);
        if (before.Find(name) is not { } was) return now is null ? null : new InterfaceSpec(name) { Type = now.Type, State = InterfaceState.Absent };
        if (now is null || now.Type != was.Type) return Whole(before, after, was, ownership);

        var moved = now.Controller != was.Controller;
        var spec = new InterfaceSpec(name)
        {
            Type = was.Type <= InterfaceType.Vxlan ? was.Type : null,
            State = named?.State is not null || now.Up != was.Up || moved || BaseTurns(before, after, was) || IsBondsAndDown(before, was) ? StateOf(was) : null,
            Fields = FormerFields.Of(before, after, was, now, named),
            Ipv4 = Addresses(was, now, named?.Ipv4, ipv6: false),
            Ipv6 = Addresses(was, now, named?.Ipv6, ipv6: true),
            Ports = FormerPorts.Of(before, after, was, named?.Ports, ownership),
        };
        return spec is { State: null, Fields.Count: 0, Ipv4: null, Ipv6: null, Ports: null } ? null : spec;
    }

    /// <summary>A link that the plan removes, with all it had; null where no document can describe it.</summary>
    private static InterfaceSpec? Whole(NetworkSnapshot before, WorkingState after, LinkState was, Ownership ownership) => !was.Type.IsVirtual() || was.Type > InterfaceType.Vxlan ? null : new InterfaceSpec(was.Name)
    {
        Type = was.Type,
        State = StateOf(was),
        Fields = Describing.Fields(before, was),
        Ipv4 = Section(was, ipv6: false),
        Ipv6 = Section(was, ipv6: true),
        Ports = LinkSchema.HasPorts(was.Type) ? FormerPorts.Of(before, after, was, [], ownership) : null,
    };

    /// <summary>A VLAN comes up with its base, also one that was down before.</summary>
    private static bool BaseTurns(NetworkSnapshot before, WorkingState after, LinkState was) =>
        was.Type == InterfaceType.Vlan && was.BaseLink is { } lower && before.Find(lower)?.Up != after.Find(lower)?.Up;

    /// <summary>Whatever lists it as a bond's port sets it up, unless it is named as down.</summary>
    private static bool IsBondsAndDown(NetworkSnapshot before, LinkState was) =>
        !was.Up && was.Controller is { } controller && before.Find(controller)?.Type == InterfaceType.Bond;

    private static InterfaceState StateOf(LinkState was) => was.Up ? InterfaceState.Up : InterfaceState.Down;

    private static IpSpec? Addresses(LinkState was, WorkingLink now, IpSpec? named, bool ipv6)
    {
        var former = Static(was.Addresses, ipv6);
        return named is null && former.ToHashSet().SetEquals(Static(now.Addresses, ipv6)) ? null : new IpSpec { Enabled = true, Addresses = former };
    }

    private static IpSpec? Section(LinkState was, bool ipv6) =>
        Static(was.Addresses, ipv6) is { Count: > 0 } former ? new IpSpec { Enabled = true, Addresses = former } : null;

    private static List<IpCidr> Static(IEnumerable<AddressState> addresses, bool ipv6) =>
        [.. addresses.Where(a => a.IsStatic && a.Cidr.IsIpv6 == ipv6).Select(a => a.Cidr)];
}
