using NodeAgent.Metrics.Instruments;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Metrics.Links;

/// <summary>What nodeagent_bond_info says of a bond.</summary>
internal readonly record struct BondFacts(string Link, BondMode? Mode, MacAddress? Partner) : ILabelFacts
{
    public static readonly string[] LabelNames = ["link", "mode", "partner"];

    public LabelSet ToLabels() => new(("link", Link), ("mode", Mode is { } mode ? Word(mode) : ""), ("partner", Partner?.ToString() ?? ""));

    // As in documents and /sys/class/net/*/bonding/mode.
    private static string Word(BondMode mode) => mode switch
    {
        BondMode.BalanceRoundRobin => "balance-rr",
        BondMode.ActiveBackup => "active-backup",
        BondMode.BalanceXor => "balance-xor",
        BondMode.Broadcast => "broadcast",
        BondMode.Ieee8023ad => "802.3ad",
        BondMode.BalanceTlb => "balance-tlb",
        BondMode.BalanceAlb => "balance-alb",
        _ => $"{(int)mode}",
    };
}
