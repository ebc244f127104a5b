using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Health;

/// <summary>
/// The VLANs that guests of a bridge use, and that the bridge's own VLAN links use, against those its uplink lets through. Only of bridges
/// that filter VLANs: on others the kernel knows no VLAN of a guest. A pure function.
/// </summary>
public static class UplinkJudge
{
    private const int MostNamed = 3;

    public static IReadOnlyList<Finding> Judge(UplinkCase uplink)
    {
        if (uplink.Bridge.Fields[BridgeFields.VlanFiltering] is not { Number: not 0 } || uplink.Uplink.Vlans is not { } allowed) return [];
        var needed = Needed(uplink);
        var found = new List<Finding>();
        var missing = VlanTable.Of(needed.Keys.Where(id => !allowed.Contains(id) && !uplink.Others.Any(other => other.Vlans?.Contains(id) == true)).Select(static id => new VlanRange(id, id)));
        if (!missing.IsEmpty) found.Add(BondJudge.Warn(UplinkWords.VlansMissing, Missing(uplink, missing, needed)));
        foreach (var taker in uplink.OverUplink)
        {
            if (taker.Fields[VlanFields.Id] is not { } id || !needed.TryGetValue((int)id.Number, out var users)) continue;
            found.Add(BondJudge.Warn(
                UplinkWords.VlansTaken,
                $"does not bring VLAN {id.Number} to {uplink.Bridge.Name}, where {Who(users)} need{(users.Count == 1 ? "s" : "")} it: {taker.Name} takes its frames first; put {uplink.Bridge.Name}.{id.Number} in the place of {taker.Name} and both have it"));
        }

        return found;
    }

    private static string Missing(UplinkCase uplink, VlanTable missing, SortedDictionary<int, List<string>> needed)
    {
        var users = missing.Ranges.SelectMany(r => Enumerable.Range(r.First, r.Last - r.First + 1)).SelectMany(id => needed[id]).Distinct().ToList();
        var ids = string.Join(", ", missing.Ranges);
        var tags = string.Join(", ", missing.Ranges.Select(static r => r.First == r.Last ? $"{{id: {r.First}}}" : $"{{id-range: {{min: {r.First}, max: {r.Last}}}}}"));
        var policy = uplink.Policy is { } name ? $" in policy {name}" : "";
        return $"does not let VLAN {ids} through, which {Who(users)} need{(users.Count == 1 ? "s" : "")}: add trunk-tags: [{tags}] to the vlan: of port {uplink.Uplink.Name} of {uplink.Bridge.Name}{policy}";
    }

    // VLAN id to those who use it. That untagged frames of a port fall into the bridge's default VLAN is nobody's wish where the port has others.
    private static SortedDictionary<int, List<string>> Needed(UplinkCase uplink)
    {
        var native = uplink.Bridge.Fields[BridgeFields.VlanDefaultPvid]?.Number ?? 1;
        var needed = new SortedDictionary<int, List<string>>();
        foreach (var guest in uplink.Guests)
        {
            if (guest.Vlans is not { } vlans) continue;
            var isDefaultOnly = vlans.Ranges.Count == 1 && vlans.Ranges[0] is var only && only.First == only.Last;
            foreach (var range in vlans.Ranges)
            {
                for (var id = range.First; id <= range.Last; id++)
                {
                    if (id != native || isDefaultOnly) Add(id, guest.Name);
                }
            }
        }

        foreach (var link in uplink.OverBridge)
        {
            if (link.Fields[VlanFields.Id] is { } id) Add((int)id.Number, link.Name);
        }

        return needed;

        void Add(int id, string user)
        {
            if (!needed.TryGetValue(id, out var users)) needed[id] = users = [];
            users.Add(user);
        }
    }

    private static string Who(List<string> users) =>
        users.Count <= MostNamed ? string.Join(", ", users) : $"{string.Join(", ", users.Take(MostNamed))} and {users.Count - MostNamed} more";
}
