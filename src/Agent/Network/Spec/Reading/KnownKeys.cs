namespace NodeAgent.Network.Spec.Reading;

/// <summary>What nmstate's schema has that the agent does not do, with what to use instead. Looked at only where a key is not read.</summary>
internal static class KnownKeys
{
    public static readonly KeyTable TopLevel = new("interfaces", "routes", "description")
    {
        Refused = new Dictionary<string, UnsupportedKey>
        {
            ["dns-resolver"] = new("name servers; set them in /etc/resolv.conf or systemd-resolved"),
            ["dns"] = new("name servers; set them in /etc/resolv.conf or systemd-resolved"),
            ["route-rules"] = new("policy routing; use the operating system's own configuration (ip rule)"),
            ["hostname"] = new("the host's name; use hostnamectl"),
            ["ovs-db"] = new("Open vSwitch; use type linux-bridge with vlan: on its ports"),
            ["ovsdb"] = new("Open vSwitch; use type linux-bridge with vlan: on its ports"),
            ["ovn"] = new("OVN bridge mappings; use type linux-bridge"),
            ["capture"] = new("capture expressions; write the values themselves"),
            ["desiredState"] = UnsupportedKey.Mistake("add apiVersion: nmstate.io/v1, kind: NodeNetworkConfigurationPolicy and put desiredState under spec"),
        },
    };

    public static readonly IReadOnlyList<string> InterfaceValid = ["name", "type", "state", "identifier", "description", "ipv4", "ipv6"];

    public static readonly IReadOnlyDictionary<string, UnsupportedKey> InterfaceRefused = new Dictionary<string, UnsupportedKey>
    {
        ["profile-name"] = new("NetworkManager profiles; remove it, links are matched by name or permanent MAC"),
        ["controller"] = new("a port naming its controller; list the port in the bridge's or bond's own `port:`"),
        ["master"] = new("a port naming its controller; list the port in the bridge's or bond's own `port:`"),
        ["copy-mac-from"] = new("copying a MAC; write it as mac-address"),
        ["ethtool"] = new("ethtool settings (offloads, rings, coalescing); set them by a systemd .link file or udev rule"),
        ["accept-all-mac-addresses"] = new("promiscuous mode; a bridge sets it on its ports by itself"),
        ["lldp"] = new("LLDP; run lldpd"),
        ["mptcp"] = new("MPTCP end points; use ip-mptcp(8)"),
        ["802.1x"] = new("802.1X authentication; run wpa_supplicant"),
        ["ieee8021X"] = new("802.1X authentication; run wpa_supplicant"),
        ["wait-ip"] = new("waiting for an address; name a probe in a NodeNetworkPolicy", "any"),
        ["dispatch"] = new("dispatcher scripts; watch the agent's events instead"),
        ["ethernet"] = new("speed, duplex, auto-negotiation and SR-IOV; set them by a systemd .link file or the driver"),
        ["alt-names"] = new("alternative names; set them by a systemd .link file"),
        ["pci-address"] = new("matching by PCI address; use `identifier: mac-address`"),
        ["ovs-db"] = new("Open vSwitch; use type linux-bridge"),
        ["ovs-ports"] = new("Open vSwitch; use type linux-bridge"),
        ["patch"] = new("Open vSwitch patch ports; use type veth"),
        ["infiniband"] = new("InfiniBand; leave it to the operating system's configuration"),
        ["vrf"] = new("VRFs; use `table-id` of routes"),
        ["macsec"] = new("MACsec; leave it to the operating system's configuration"),
        ["libreswan"] = new("IPsec; leave it to its own daemon"),
        ["ipsec"] = new("IPsec; leave it to its own daemon"),
        ["hsr"] = new("HSR; leave it to the operating system's configuration"),
        ["ipvlan"] = new("ipvlan; use type mac-vlan"),
        ["mac-vtap"] = new("macvtap; use type mac-vlan, or a tap made by the hypervisor"),
        ["linux-bridge"] = UnsupportedKey.Mistake("use `bridge:`"),
        ["bond"] = UnsupportedKey.Mistake("use `link-aggregation:`"),
        ["link_aggregation"] = UnsupportedKey.Mistake("use `link-aggregation:`"),
    };

    /// <summary>What `nmstatectl show` reports and nobody can ask for.</summary>
    public static readonly IReadOnlySet<string> InterfaceIgnored = new HashSet<string> { "permanent-mac-address", "min-mtu", "max-mtu", "driver" };

    public static readonly KeyTable Ip = new("enabled", "address")
    {
        Refused = new Dictionary<string, UnsupportedKey>
        {
            ["dhcp"] = new("DHCP; give static addresses in `address:`, or leave the link to the operating system"),
            ["autoconf"] = new("IPv6 autoconfiguration; give static addresses in `address:`, or leave the link to the operating system"),
            ["addr-gen-mode"] = new("the way link-local addresses are made; use sysctl addr_gen_mode", "eui64"),
            ["dhcp-client-id"] = new("DHCP; give static addresses in `address:`"),
            ["dhcp-duid"] = new("DHCP; give static addresses in `address:`"),
            ["dhcp-send-hostname"] = new("DHCP; give static addresses in `address:`", "true"),
            ["dhcp-custom-hostname"] = new("DHCP; give static addresses in `address:`"),
            ["auto-route-table-id"] = new("routes from DHCP; write them in `routes:`"),
            ["auto-route-metric"] = new("routes from DHCP; write them in `routes:`"),
            ["allow-extra-address"] = new("refusing addresses of others; addresses the agent did not add are never touched", "true"),
            ["token"] = new("tokenised interface identifiers; write the whole address", "::"),
            ["forwarding"] = new("IP forwarding; use sysctl"),
            ["addresses"] = UnsupportedKey.Mistake("use `address:`"),
            ["prefix-length"] = UnsupportedKey.Mistake("write `address: [{ip: ..., prefix-length: ...}]`"),
            ["gateway"] = new("a gateway of an interface; write it in `routes: config:` as next-hop-address of 0.0.0.0/0"),
            ["gateway4"] = new("a gateway of an interface; write it in `routes: config:` as next-hop-address of 0.0.0.0/0"),
        },
        // They tell what to take from DHCP, which is refused by itself where it is on.
        Ignored = new HashSet<string> { "auto-dns", "auto-gateway", "auto-routes" },
    };

    public static readonly KeyTable Address = new("ip", "prefix-length")
    {
        Refused = new Dictionary<string, UnsupportedKey>
        {
            ["mptcp-flags"] = new("MPTCP; use ip-mptcp(8)"),
            ["prefix"] = UnsupportedKey.Mistake("use `prefix-length:`"),
            ["valid-life-time"] = new("addresses with a lifetime; remove this address, its DHCP client owns it", "forever"),
            ["preferred-life-time"] = new("addresses with a lifetime; remove this address, its DHCP client owns it", "forever"),
            ["valid-left"] = new("addresses with a lifetime; remove this address, its DHCP client owns it", "forever"),
            ["preferred-left"] = new("addresses with a lifetime; remove this address, its DHCP client owns it", "forever"),
        },
    };

    public static readonly KeyTable Routes = new("config") { Ignored = new HashSet<string> { "running" } };

    public static readonly KeyTable Route = new("destination", "next-hop-address", "next-hop-interface", "metric", "table-id", "state")
    {
        Refused = new Dictionary<string, UnsupportedKey>
        {
            ["weight"] = new("multipath routes; bond the links, or write one route"),
            ["route-type"] = new("blackhole, unreachable and prohibit routes; use the firewall"),
            ["source"] = new("a preferred source address; the kernel takes the link's first address"),
            ["vrf-name"] = new("VRFs; use `table-id:`"),
            ["cwnd"] = new("TCP metrics of routes"),
            ["initcwnd"] = new("TCP metrics of routes"),
            ["initrwnd"] = new("TCP metrics of routes"),
            ["quickack"] = new("TCP metrics of routes"),
            ["advmss"] = new("TCP metrics of routes"),
            ["mtu"] = new("an MTU of a route; set the link's mtu"),
            ["gateway"] = UnsupportedKey.Mistake("use `next-hop-address:`"),
            ["interface"] = UnsupportedKey.Mistake("use `next-hop-interface:`"),
        },
    };

    /// <summary>The refused keys of a section below an interface, by its path.</summary>
    public static IReadOnlyDictionary<string, UnsupportedKey> SectionRefused(string section) => s_sections.GetValueOrDefault(section, s_none);

    public static IReadOnlySet<string> SectionIgnored(string section) =>
        section is "bridge.options" ? s_bridgeReports : s_nothing;

    private static readonly Dictionary<string, UnsupportedKey> s_none = [];

    private static readonly HashSet<string> s_nothing = [];

    private static readonly HashSet<string> s_bridgeReports = ["gc-timer", "hello-timer"];

    private static readonly UnsupportedKey s_querier = new("the multicast querier's timing; the kernel's own is used", "2", "100", "3125", "12500", "1000", "25500", "26000");

    private static readonly Dictionary<string, IReadOnlyDictionary<string, UnsupportedKey>> s_sections = new()
    {
        ["vlan"] = new Dictionary<string, UnsupportedKey>
        {
            ["registration-protocol"] = new("GVRP and MVRP; allow the VLAN on the switch port"),
            ["ingress-qos-map"] = new("priority maps; mark the traffic by the firewall"),
            ["egress-qos-map"] = new("priority maps; mark the traffic by the firewall"),
        },
        ["link-aggregation"] = new Dictionary<string, UnsupportedKey>
        {
            ["ports-config"] = new("priorities and queues of a bond's ports; use `options: {primary: ...}`"),
        },
        ["link-aggregation.options"] = new Dictionary<string, UnsupportedKey>
        {
            ["active_slave"] = new("the active port is state, not configuration; use primary"),
            ["balance-slb"] = new("source load balancing; use xmit_hash_policy vlan+srcmac with mode balance-xor"),
        },
        ["bridge.options"] = new Dictionary<string, UnsupportedKey>
        {
            ["group-addr"] = new("the bridge's group address", "01:80:C2:00:00:00", "01:80:c2:00:00:00", "1:80:c2:0:0:0"),
            ["hash-max"] = new("the size of the multicast table", "4096", "512"),
            ["multicast-last-member-count"] = s_querier,
            ["multicast-last-member-interval"] = s_querier,
            ["multicast-membership-interval"] = s_querier,
            ["multicast-querier-interval"] = s_querier,
            ["multicast-query-interval"] = s_querier,
            ["multicast-query-response-interval"] = s_querier,
            ["multicast-query-use-ifaddr"] = s_querier,
            ["multicast-startup-query-count"] = s_querier,
            ["multicast-startup-query-interval"] = s_querier,
        },
    };
}
