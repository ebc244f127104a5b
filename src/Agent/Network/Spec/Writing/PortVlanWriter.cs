using System.Text.Json.Nodes;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Writing;

/// <summary>Writes the VLANs of a bridge port as nmstate's `vlan:`; the reverse of its reader, which takes back every table.</summary>
internal static class PortVlanWriter
{
    public static JsonObject Write(VlanTable vlans)
    {
        int? native = null;
        var trunk = new List<VlanRange>();
        foreach (var range in vlans.Ranges)
        {
            if (range.Pvid && range.Untagged) native = range.First;
            else trunk.Add(range);
        }

        if (native is { } access && trunk.Count == 0) return new JsonObject { ["mode"] = "access", ["tag"] = access };
        var map = new JsonObject { ["mode"] = "trunk" };
        if (native is { } tag)
        {
            map["enable-native"] = true;
            map["tag"] = tag;
        }

        var tags = new JsonArray();
        foreach (var range in trunk) tags.Add((JsonNode)Tag(range));
        map["trunk-tags"] = tags;
        return map;
    }

    private static JsonObject Tag(VlanRange range)
    {
        var map = range.First == range.Last
            ? new JsonObject { ["id"] = range.First }
            : new JsonObject { ["id-range"] = new JsonObject { ["min"] = range.First, ["max"] = range.Last } };
        // Words of this agent, not of nmstate: an untagged VLAN beside the native one, or a PVID that leaves tagged.
        if (range.Pvid) map["pvid"] = true;
        if (range.Untagged) map["untagged"] = true;
        return map;
    }
}
