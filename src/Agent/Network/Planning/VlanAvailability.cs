using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning;

/// <summary>
/// The VLANs that guests of a bridge reach the outside with. A VLAN sub-interface on one of the bridge's own ports takes the tagged
/// frames of its id before the bridge sees them; a bridge that filters passes only what its uplinks' tables hold.
/// </summary>
public sealed record VlanAvailability
{
    private const long Dot1Q = 0x8100;

    public required string Bridge { get; init; }

    /// <summary>The ports that lead outside; none: guests reach each other only.</summary>
    public required IReadOnlyList<string> Uplinks { get; init; }

    /// <summary>Frames without a tag get through.</summary>
    public required bool Untagged { get; init; }

    /// <summary>Ids that get through with a tag, over one uplink at least.</summary>
    public required VlanTable Tagged { get; init; }

    /// <summary>Ids that no uplink brings, because a sub-interface of a port has them.</summary>
    public required IReadOnlyList<TakenVlan> Taken { get; init; }

    public static VlanAvailability Of(NetworkSnapshot snapshot, LinkState bridge, IReadOnlyList<LinkState> uplinks)
    {
        var filters = bridge.Fields[BridgeFields.VlanFiltering] is { Number: not 0 };
        var protocol = bridge.Fields[BridgeFields.VlanProtocol]?.Number ?? Dot1Q;
        var tagged = new List<VlanRange>();
        var taken = new Dictionary<int, TakenVlan>();
        var untagged = false;
        foreach (var uplink in uplinks)
        {
            untagged |= !filters || uplink.Vlans?.Pvid is not null;

            // What comes in on a VLAN link has lost its tag already.
            if (uplink.Type == InterfaceType.Vlan) continue;
            var own = new Dictionary<int, TakenVlan>();
            foreach (var name in snapshot.UppersOf(uplink.Name))
            {
                if (IdOf(snapshot.Find(name), protocol) is { } id) own[id] = new TakenVlan(id, name, uplink.Name);
            }

            foreach (var (id, vlan) in own) taken.TryAdd(id, vlan);
            foreach (var range in filters ? uplink.Vlans?.Ranges ?? [] : [new VlanRange(1, VlanTable.MaxId)])
            {
                // A VLAN whose frames leave without a tag is the untagged one.
                if (!range.Untagged) Add(tagged, range.First, range.Last, own);
            }
        }

        var table = VlanTable.Of(tagged);
        return new VlanAvailability
        {
            Bridge = bridge.Name,
            Uplinks = [.. uplinks.Select(static u => u.Name)],
            Untagged = untagged,
            Tagged = table,
            Taken = [.. taken.Values.Where(t => !table.Contains(t.Id)).OrderBy(static t => t.Id)],
        };
    }

    private static int? IdOf(LinkState? link, long protocol) =>
        link is { Type: InterfaceType.Vlan } && (link.Fields[VlanFields.Protocol]?.Number ?? Dot1Q) == protocol ? (int?)link.Fields[VlanFields.Id]?.Number : null;

    private static void Add(List<VlanRange> ranges, int first, int last, Dictionary<int, TakenVlan> without)
    {
        var start = first;
        foreach (var id in without.Keys.Where(i => i >= first && i <= last).Order())
        {
            if (id > start) ranges.Add(new VlanRange(start, id - 1));
            start = id + 1;
        }

        if (start <= last) ranges.Add(new VlanRange(start, last));
    }
}

/// <summary>A VLAN id that is not available on a bridge: which link has it, on which port.</summary>
public readonly record struct TakenVlan(int Id, string By, string Port);
