using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Reads `type:`; types of nmstate that the agent does not do are refused with what to use.</summary>
internal static class TypeReader
{
    public static InterfaceType? Read(YamlNode node, string path, ReadContext context)
    {
        if (context.Text(node, path, "a type: " + string.Join(", ", InterfaceTypes.Names)) is not { } text) return null;
        if (InterfaceTypes.TryParse(text, out var type)) return type;
        if (text == "unknown") return null;
        if (Instead(text) is { } instead)
        {
            context.Error(node.Mark, path, $"type {text} is not supported by this agent: {instead}");
            return null;
        }

        var nearest = EditDistance.Nearest(text, InterfaceTypes.Names);
        context.Error(node.Mark, path, $"unknown type {node.Found}{(nearest is null ? "" : $", did you mean {nearest}?")} (possible here: {string.Join(", ", InterfaceTypes.Names)})");
        return null;
    }

    private static string? Instead(string type) => type switch
    {
        "ovs-bridge" or "ovs-interface" => "use linux-bridge, with `vlan:` on its ports",
        "bridge" => "use linux-bridge",
        "team" => "use bond",
        "mac-vtap" or "macvtap" or "ipvlan" => "use mac-vlan",
        "loopback" => "remove the entry, or give it `state: ignore`",
        "tun" or "tap" => "taps are made by the hypervisor; remove the entry, or give it `state: ignore`",
        "infiniband" or "vrf" or "macsec" or "ipsec" or "hsr" or "xfrm" or "wireguard" or "ip-tunnel" =>
            "leave it to the operating system's configuration; remove the entry, or give it `state: ignore`",
        _ => null,
    };
}
