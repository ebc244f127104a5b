using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>
/// Reads the `vlan:` of a bridge port into the exact VLANs the kernel shall have on it. `access` with a tag is that VLAN, native
/// (untagged both ways); `trunk` is its trunk-tags, tagged, and with enable-native the tag, native. An empty map, nmstate's "no VLAN
/// configuration", is VLAN 1 native only: what the kernel gives a port that nobody configured. Beyond nmstate, an entry of trunk-tags
/// may say `untagged: true` or `pvid: true`, so that every table the kernel can have can be written.
/// </summary>
internal static class PortVlanReader
{
    private const string TrunkTagsExpected = "a list such as [{id: 5}, {id-range: {min: 21, max: 100}}]";

    private static readonly KeyTable s_tagKeys = new("id", "id-range");

    private static readonly VlanTable s_default = VlanTable.Of([new VlanRange(1, 1, Pvid: true, Untagged: true)]);

    public static VlanTable? Read(YamlNode node, string path, ReadContext context)
    {
        if (context.Map(node, path, "a map (mode, tag, trunk-tags, enable-native)") is not { } map) return null;
        if (map.Entries.Count == 0) return s_default;
        string? mode = null;
        int? tag = null;
        var native = false;
        List<VlanRange>? trunk = null;
        var good = true;
        foreach (var entry in map.Entries)
        {
            var place = $"{path}.{entry.Key}";
            switch (entry.Key)
            {
                case "mode":
                    mode = (entry.Value as YamlScalar)?.Text;
                    if (mode is not ("access" or "trunk"))
                    {
                        context.Expected(entry.Value, place, "access or trunk");
                        good = false;
                    }

                    break;
                case "tag":
                    tag = Id(entry.Value, place, context);
                    good &= tag is not null;
                    break;
                case "enable-native":
                    var flag = context.Flag(entry.Value, place);
                    good &= flag is not null;
                    native = flag ?? false;
                    break;
                case "trunk-tags":
                    trunk = TrunkTags(entry.Value, place, context);
                    good &= trunk is not null;
                    break;
                default:
                    context.OtherKey(entry, path, new KeyTable("mode", "tag", "trunk-tags", "enable-native"));
                    good = false;
                    break;
            }
        }

        if (!good) return null;
        var problem = Problem(mode, tag, native, trunk);
        if (problem is null && (trunk?.Count(r => r.Pvid) ?? 0) + (tag is null ? 0 : 1) > 1) problem = "two VLANs are the pvid; keep one";
        if (problem is not null)
        {
            context.Error(map.Mark, path, problem);
            return null;
        }

        var ranges = trunk ?? [];
        if (tag is { } id) ranges.Add(new VlanRange(id, id, Pvid: true, Untagged: true));
        return VlanTable.Of(ranges);
    }

    private static string? Problem(string? mode, int? tag, bool native, List<VlanRange>? trunk) => (mode, tag, native, trunk) switch
    {
        (null, _, _, _) => "has no mode; write `mode: access` (one VLAN, untagged) or `mode: trunk` (tagged VLANs)",
        ("access", null, _, _) => "mode access needs a tag, the VLAN of the port",
        ("access", _, true, _) => "enable-native is for mode trunk; an access port's tag is untagged anyway",
        ("access", _, _, { Count: > 0 }) => "trunk-tags are for mode trunk; use mode trunk with enable-native to carry both",
        ("trunk", null, true, _) => "enable-native needs a tag, the VLAN of untagged frames",
        ("trunk", not null, false, _) => "a tag in mode trunk is the VLAN of untagged frames and needs `enable-native: true`",
        ("trunk", null, false, null) => "mode trunk needs trunk-tags; none are added by themselves (`trunk-tags: []` for none at all)",
        ("trunk", { } id, _, { } ranges) when ranges.Any(r => r.Contains(id)) => $"VLAN {id} is both native (tag: untagged) and in trunk-tags (tagged); keep one",
        _ => null,
    };

    private static List<VlanRange>? TrunkTags(YamlNode node, string path, ReadContext context)
    {
        if (context.List(node, path, TrunkTagsExpected) is not { } list) return null;
        var ranges = new List<VlanRange>();
        var good = true;
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (TrunkTag(list.Items[i], $"{path}[{i}]", context) is { } range) ranges.Add(range);
            else good = false;
        }

        return good ? ranges : null;
    }

    private static VlanRange? TrunkTag(YamlNode node, string path, ReadContext context)
    {
        if (context.Map(node, path, "{id: N} or {id-range: {min: N, max: N}}") is not { } map) return null;
        VlanRange? range = null;
        bool pvid = false, untagged = false;
        var known = 0;
        foreach (var entry in map.Entries)
        {
            switch (entry.Key)
            {
                case "id":
                    known++;
                    range = Id(entry.Value, path + ".id", context) is { } id ? new VlanRange(id, id) : null;
                    break;
                case "id-range":
                    known++;
                    range = Range(entry.Value, path + ".id-range", context);
                    break;
                case "pvid":
                    pvid = context.Flag(entry.Value, path + ".pvid") ?? false;
                    break;
                case "untagged":
                    untagged = context.Flag(entry.Value, path + ".untagged") ?? false;
                    break;
                default:
                    context.OtherKey(entry, path, s_tagKeys);
                    return null;
            }
        }

        if (known != 1) context.Error(map.Mark, path, "expected one of id and id-range");
        else if (pvid && range is { } several && several.First != several.Last) context.Error(map.Mark, path, "only one VLAN can be the pvid; use id");
        else return range is { } good ? good with { Pvid = pvid, Untagged = untagged } : null;
        return null;
    }

    private static VlanRange? Range(YamlNode node, string path, ReadContext context)
    {
        if (context.Map(node, path, "{min: N, max: N}") is not { } map) return null;
        foreach (var other in map.Entries.Where(e => e.Key is not ("min" or "max"))) context.OtherKey(other, path, new KeyTable("min", "max"));
        if (map["min"] is not { } minNode || map["max"] is not { } maxNode)
        {
            context.Error(map.Mark, path, "needs both min and max");
            return null;
        }

        var min = Id(minNode, path + ".min", context);
        var max = Id(maxNode, path + ".max", context);
        if (min is null || max is null) return null;
        if (min <= max) return new VlanRange(min.Value, max.Value);
        context.Error(map.Mark, path, $"min {min} is above max {max}");
        return null;
    }

    private static int? Id(YamlNode node, string path, ReadContext context) => (int?)context.Number(node, path, 1, VlanTable.MaxId);
}
