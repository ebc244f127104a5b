using System.Globalization;
using System.Text.Json.Nodes;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Vm.Nodes;

/// <summary>What a node has, as ip and bridge read it: nothing of the agent's own code is asked.</summary>
internal sealed class NodeReader(Rack rack)
{
    /// <summary>One link, or null.</summary>
    public JsonNode? Link(string name) => Links().FirstOrDefault(link => Text(link, "ifname") == name);

    /// <summary>Every link, with its addresses.</summary>
    public IReadOnlyList<JsonNode> Links() => Parse(rack.Ip("-d -j address show"));

    public bool Has(string link) => Link(link) is not null;

    /// <summary>"kind" of a link, "" where it has none.</summary>
    public string Kind(string link) => $"{Link(link)?["linkinfo"]?["info_kind"]}";

    /// <summary>A property of the link's kind, such as "mode" of a bond.</summary>
    public string Option(string link, string name) => $"{Link(link)?["linkinfo"]?["info_data"]?[name]}";

    public string Master(string link) => $"{Link(link)?["master"]}";

    public bool IsUp(string link) => Link(link)?["flags"]!.AsArray().Any(flag => $"{flag}" == "UP") == true;

    public int Mtu(string link) => (int)Link(link)!["mtu"]!;

    /// <summary>"10.0.0.1/24", sorted; those that the kernel makes for a link itself are left out.</summary>
    public IReadOnlyList<string> Addresses(string link) => AddressesOf(Link(link)!);

    /// <summary>Routes that somebody set, each as one line: "default via 10.20.30.1 dev bond_data.20".</summary>
    public IReadOnlyList<string> Routes() =>
    [
        .. Parse(rack.Ip("-j route show table main")).Concat(Parse(rack.Ip("-6 -j route show table main")))
            .Where(route => Text(route, "protocol") != "kernel")
            .Select(route => string.Join(' ', new[] { Text(route, "dst"), Named(route, "gateway", "via"), Named(route, "dev"), Named(route, "metric"), Named(route, "prefsrc", "src") }.Where(word => word.Length > 0)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The VLANs of a bridge port or a bridge: "1 PVID Egress Untagged,21-100".</summary>
    public string Vlans(string link) => Vlans().GetValueOrDefault(link, "");

    public IReadOnlyDictionary<string, string> Vlans() => Parse(rack.Bridge("-j -compressvlans vlan show")).ToDictionary(
        port => Text(port, "ifname"),
        port => string.Join(',', port["vlans"]!.AsArray().Select(vlan => VlanText(vlan!))));

    /// <summary>All of it as text without what changes by itself: two equal pictures are the same node.</summary>
    public string Picture()
    {
        var vlans = Vlans();
        var lines = Links().OrderBy(link => Text(link, "ifname"), StringComparer.Ordinal)
            .Select(link => NodePicture.Of(link) + " vlans=" + vlans.GetValueOrDefault(Text(link, "ifname"), "") + " addresses=" + string.Join(',', AddressesOf(link)));
        return string.Join('\n', lines.Concat(Routes().Select(route => "route " + route)));
    }

    internal static string Text(JsonNode node, string name) => $"{node[name]}";

    private static List<string> AddressesOf(JsonNode link) =>
    [
        .. link["addr_info"]!.AsArray()
            .Where(address => !(Text(address!, "family") == "inet6" && Text(address!, "scope") == "link"))
            .Select(address => $"{address!["local"]}/{address["prefixlen"]}")
            .Order(StringComparer.Ordinal),
    ];

    private static string Named(JsonNode node, string name, string? shown = null) => node[name] is { } value ? $"{shown ?? name} {value}" : "";

    private static string VlanText(JsonNode vlan)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{vlan["vlan"]}{(vlan["vlanEnd"] is { } end ? "-" + end : "")}");
        return string.Join(' ', new[] { range }.Concat((vlan["flags"]?.AsArray() ?? []).Select(flag => $"{flag}")));
    }

    // Objects that a filter left out are printed as {}.
    private static List<JsonNode> Parse(string output) =>
        output.Trim().Length == 0 ? [] : [.. JsonNode.Parse(output)!.AsArray().Where(node => node!.AsObject().Count > 0).Select(node => node!)];
}
