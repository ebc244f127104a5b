using System.Text.Json.Nodes;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Writing;

/// <summary>Writes the VLANs of a bridge port as nmstate's `vlan:`; the reverse of its reader.</summary>
internal static class PortVlanWriter
{
    /// <summary>nmstate has words for tagged VLANs and one native VLAN; not for an untagged one beside, or a PVID that leaves tagged.</summary>
    public static bool CanSay(VlanTable vlans) => vlans.Ranges.All(r => r.Pvid == r.Untagged);

    public static JsonObject Write(VlanTable vlans)
    {
        var tagged = vlans.Ranges.Where(r => !r.Untagged).ToList();
        if (vlans.Pvid is { } access && tagged.Count == 0) return new JsonObject { ["mode"] = "access", ["tag"] = access };
        var map = new JsonObject { ["mode"] = "trunk" };
        if (vlans.Pvid is { } native)
        {
            map["enable-native"] = true;
            map["tag"] = native;
        }

        var tags = new JsonArray();
        foreach (var range in tagged) tags.Add((JsonNode)Tag(range));
        map["trunk-tags"] = tags;
        return map;
    }

    private static JsonObject Tag(VlanRange range) =>
        range.First == range.Last
            ? new JsonObject { ["id"] = range.First }
            : new JsonObject { ["id-range"] = new JsonObject { ["min"] = range.First, ["max"] = range.Last } };
}
