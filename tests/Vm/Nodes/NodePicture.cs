using System.Text.Json.Nodes;

namespace NodeAgent.Tests.Vm.Nodes;

/// <summary>A link as text: all that `ip -d -j` prints but what changes by itself.</summary>
internal static class NodePicture
{
    // Numbers the kernel counts or gives out, clocks, states of protocols and carriers, and what follows from other properties:
    // a port's path cost from its speed at the moment it joined.
    private static readonly HashSet<string> s_itsOwn = new(StringComparer.Ordinal)
    {
        "ifindex", "qdisc", "addr_info", "operstate", "stats64", "stats", "link_index", "link_netnsid", "carrier_changes",
        "hello_timer", "tcn_timer", "topology_change_timer", "gc_timer", "topology_change", "topology_change_detected", "root_id", "bridge_id", "root_port", "root_path_cost",
        "ad_info", "mii_status", "active_slave", "link_failure_count", "ad_aggregator_id", "ad_actor_oper_port_state", "ad_actor_oper_port_state_str",
        "ad_partner_oper_port_state", "ad_partner_oper_port_state_str", "state", "state_index", "queue_id", "id", "no", "message_age_timer", "forward_delay_timer", "hold_timer",
        "designated_bridge", "designated_root", "designated_port", "designated_cost", "cost", "bridge", "config_pending", "topology_change_ack",
        "promiscuity", "allmulti", "fdb_n_learned", "gso_max_size", "tso_max_size", "gso_max_segs", "tso_max_segs", "gro_max_size", "gso_ipv4_max_size", "gro_ipv4_max_size",
        "inet6_addr_gen_mode",
    };

    public static string Of(JsonNode link) => string.Join(' ', Facts("", link.AsObject(), BorrowsItsMac(link)));

    // A bridge and a bond take a MAC from their ports, and a VLAN one from its base: which one is the kernel's affair.
    private static bool BorrowsItsMac(JsonNode link) => $"{link["linkinfo"]?["info_kind"]}" is "bridge" or "bond" or "vlan";

    private static IEnumerable<string> Facts(string path, JsonObject node, bool borrowsMac)
    {
        foreach (var (name, value) in node)
        {
            // The VLAN's and the VXLAN's id are theirs; a port's and a bridge's are made of other properties.
            if (s_itsOwn.Contains(name) && !(name == "id" && path.EndsWith("info_data.", StringComparison.Ordinal))) continue;
            if (name is "address" && path.Length == 0 && borrowsMac) continue;
            if (name is "flags" && path.Length == 0) yield return value!.AsArray().Any(flag => $"{flag}" == "UP") ? "up" : "down";
            else if (value is JsonObject inner) foreach (var fact in Facts(path + name + ".", inner, borrowsMac)) yield return fact;
            else yield return $"{path}{name}={value?.ToJsonString()}";
        }
    }
}
