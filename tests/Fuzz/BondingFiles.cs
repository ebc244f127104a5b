namespace NodeAgent.Tests.Fuzz;

/// <summary>Files of /proc/net/bonding to start from.</summary>
internal static class BondingFiles
{
    public static string Text(int seed)
    {
        var ports = string.Concat(Enumerable.Range(0, seed % 4).Select(i => $$"""

            Slave Interface: enp{{i}}s0
            MII Status: up
            Speed: {{(seed % 3 == 0 ? "Unknown" : "25000 Mbps")}}
            Duplex: full
            Link Failure Count: {{seed}}
            Aggregator ID: {{i + 1}}
            Actor Churn State: {{(seed % 2 == 0 ? "none" : "churned")}}
            Partner Churned Count: {{seed}}
            details actor lacp pdu:
                system mac address: 02:00:00:00:00:{{i:x2}}
                port state: 63
            details partner lacp pdu:
                system mac address: 02:00:00:00:01:{{i:x2}}
                oper key: {{seed}}
                port number: {{i}}
                port state: 61

            """));
        return $"Ethernet Channel Bonding Driver: v6.12\n\nBonding Mode: IEEE 802.3ad Dynamic link aggregation\nMII Status: up\n\n802.3ad info\nLACP rate: fast\n{ports}";
    }
}
