using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec;

/// <summary>
/// Takes a document for the present state, to plan without a kernel (`--current`). What the document does not say is: up, without
/// controller and addresses; no other field gets a value, since nobody knows it. Links that it only names (ports, base links, veth
/// peers) are there too.
/// </summary>
public static class SnapshotFromDocument
{
    private static readonly VlanTable s_default = VlanTable.Of([new VlanRange(1, 1, Pvid: true, Untagged: true)]);

    public static NetworkSnapshot Build(DesiredState document)
    {
        var snapshot = new NetworkSnapshot();
        var present = document.Interfaces.Where(i => !i.IsAbsent).ToList();
        var claims = new Dictionary<string, (InterfaceSpec Controller, PortSpec Port)>(StringComparer.Ordinal);
        foreach (var spec in present)
        {
            foreach (var port in spec.Ports ?? []) claims.TryAdd(port.Name, (spec, port));
        }

        foreach (var spec in present) snapshot.Put(Link(spec, claims));
        foreach (var spec in present)
        {
            if (spec.Fields.Text(VethFields.Peer) is { } peer && snapshot.Find(peer) is null) snapshot.Put(Peer(peer, spec.Name, claims));
            if (spec.BaseLink is { Length: > 0 } lower) Named(lower, snapshot, claims);
            foreach (var port in spec.Ports ?? []) Named(port.Name, snapshot, claims);
        }

        foreach (var route in document.Routes)
        {
            if (!route.Absent && route.NextHopInterface is { } link) Named(link, snapshot, claims);
        }

        snapshot.Routes = [.. document.Routes.Where(r => r is { Absent: false, Destination: not null }).Select(Route)];
        return snapshot;
    }

    private static LinkState Link(InterfaceSpec spec, Dictionary<string, (InterfaceSpec Controller, PortSpec Port)> claims)
    {
        var type = spec.Type ?? TypeOf(spec);
        var fields = spec.Fields.Clone();
        // Filtering follows from `vlan:` on a port, as it does when the document is applied.
        var filtering = type == InterfaceType.LinuxBridge && Filters(spec);
        if (filtering) fields.Set(BridgeFields.VlanFiltering, true);
        return With(spec.Name, type, spec.State != InterfaceState.Down, fields, Addresses(spec), filtering ? s_default : null, spec.MatchMac, claims);
    }

    private static void Named(string name, NetworkSnapshot snapshot, Dictionary<string, (InterfaceSpec Controller, PortSpec Port)> claims)
    {
        if (snapshot.Find(name) is null) snapshot.Put(With(name, InterfaceType.Ethernet, true, new FieldSet(), [], null, null, claims));
    }

    private static LinkState Peer(string name, string other, Dictionary<string, (InterfaceSpec Controller, PortSpec Port)> claims) =>
        With(name, InterfaceType.Veth, true, new FieldSet().Set(VethFields.Peer, other), [], null, null, claims);

    private static LinkState With(
        string name, InterfaceType type, bool up, FieldSet fields, IReadOnlyList<AddressState> addresses, VlanTable? own, string? mac,
        Dictionary<string, (InterfaceSpec Controller, PortSpec Port)> claims)
    {
        var claimed = claims.TryGetValue(name, out var claim);
        return new LinkState
        {
            Name = name,
            Type = type,
            Up = up,
            Carrier = up,
            OperState = up ? "up" : "down",
            Fields = fields,
            Addresses = addresses,
            PermanentMac = mac,
            Controller = claimed ? claim.Controller.Name : null,
            PortOptions = claimed ? claim.Port.Options.Clone() : new FieldSet(),
            Vlans = own ?? (claimed && Filters(claim.Controller) ? claim.Port.Vlans ?? s_default : null),
        };
    }

    private static bool Filters(InterfaceSpec bridge) =>
        bridge.Fields[BridgeFields.VlanFiltering] is { Number: not 0 } || (bridge.Ports?.Any(p => p.Vlans is not null) ?? false);

    /// <summary>Where a document leaves the type out, its fields tell.</summary>
    private static InterfaceType TypeOf(InterfaceSpec spec)
    {
        foreach (var entry in spec.Fields)
        {
            foreach (var type in Enum.GetValues<InterfaceType>())
            {
                if (LinkSchema.Section(type) is not null && LinkSchema.Own(type).Contains(entry.Field)) return type;
            }
        }

        return InterfaceType.Ethernet;
    }

    private static IReadOnlyList<AddressState> Addresses(InterfaceSpec spec) =>
        [.. (spec.Ipv4?.Addresses ?? []).Concat(spec.Ipv6?.Addresses ?? []).Select(a => new AddressState(a))];

    private static RouteState Route(RouteSpec route) => new()
    {
        Destination = route.Destination!.Value,
        Gateway = route.NextHopAddress,
        Device = route.NextHopInterface,
        // The kernel's own default: net/ipv6/route.c, IP6_RT_PRIO_USER.
        Metric = route.Metric ?? (route.Destination.Value.IsIpv6 ? 1024 : 0),
        Table = route.Table ?? RouteSpec.MainTable,
    };
}
