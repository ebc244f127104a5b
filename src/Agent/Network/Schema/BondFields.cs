using NodeAgent.Network.Model;
using static NodeAgent.Network.Schema.BondMode;

namespace NodeAgent.Network.Schema;

/// <summary>A bond (Documentation/networking/bonding.rst; which option needs what: drivers/net/bonding/bond_options.c).</summary>
/// <example><code>
/// - name: bond_data
///   type: bond
///   link-aggregation:
///     mode: 802.3ad
///     options: { miimon: 100, lacp_rate: fast, xmit_hash_policy: layer3+4 }
///     port: [ enp1s1, enp2s1 ]
/// </code></example>
public static class BondFields
{
    public static readonly Field Mode = new("link-aggregation.mode", FieldType.Choice, FieldApply.NoPorts)
    {
        Required = true,
        Choices =
        [
            new("balance-rr", BalanceRr), new("active-backup", ActiveBackup), new("balance-xor", BalanceXor), new("broadcast", Broadcast),
            new("802.3ad", Lacp), new("balance-tlb", BalanceTlb), new("balance-alb", BalanceAlb),
        ],
    };

    public static readonly Field Miimon = Number("miimon", int.MaxValue, "ms");
    public static readonly Field Updelay = Number("updelay", int.MaxValue, "ms");
    public static readonly Field Downdelay = Number("downdelay", int.MaxValue, "ms");
    public static readonly Field UseCarrier = Flag("use_carrier");
    public static readonly Field ArpInterval = Number("arp_interval", int.MaxValue, "ms");
    public static readonly Field ArpIpTarget = new(Option("arp_ip_target"), FieldType.AddressList);
    public static readonly Field ArpValidate = Choice("arp_validate", FieldApply.Live, "none", "active", "backup", "all", "filter", "filter_active", "filter_backup");
    public static readonly Field ArpAllTargets = Choice("arp_all_targets", FieldApply.Live, "any", "all");
    public static readonly Field MissedMax = Number("arp_missed_max", 255, null, 1);
    public static readonly Field Primary = new(Option("primary"), FieldType.LinkName);
    public static readonly Field PrimaryReselect = Choice("primary_reselect", FieldApply.Live, "always", "better", "failure");
    public static readonly Field FailOverMac = Choice("fail_over_mac", FieldApply.NoPorts, "none", "active", "follow");
    public static readonly Field XmitHashPolicy = Choice("xmit_hash_policy", FieldApply.Live, "layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac");
    public static readonly Field ResendIgmp = Number("resend_igmp", 255);
    public static readonly Field NumPeerNotif = Number("num_grat_arp", 255);
    public static readonly Field PeerNotifDelay = Number("peer_notif_delay", 300000, "ms");
    public static readonly Field AllSlavesActive = Choice("all_slaves_active", FieldApply.Live, "dropped", "delivered");
    public static readonly Field MinLinks = Number("min_links", int.MaxValue);
    public static readonly Field LpInterval = Number("lp_interval", int.MaxValue, "s", 1);
    public static readonly Field PacketsPerSlave = Number("packets_per_slave", 65535);
    public static readonly Field LacpRate = Choice("lacp_rate", FieldApply.LinkDown, "slow", "fast");
    public static readonly Field LacpActive = Choice("lacp_active", FieldApply.LinkDown, "off", "on");
    public static readonly Field AdSelect = Choice("ad_select", FieldApply.LinkDown, "stable", "bandwidth", "count");
    public static readonly Field AdActorSysPrio = Number("ad_actor_sys_prio", 65535, null, 1);
    public static readonly Field AdActorSystem = new(Option("ad_actor_system"), FieldType.Mac);
    public static readonly Field AdUserPortKey = Number("ad_user_port_key", 1023, null, 0, FieldApply.LinkDown);
    public static readonly Field TlbDynamicLb = Flag("tlb_dynamic_lb", FieldApply.LinkDown);

    public static readonly IReadOnlyList<Field> All =
    [
        Mode, Miimon, Updelay, Downdelay, UseCarrier, ArpInterval, ArpIpTarget, ArpValidate, ArpAllTargets, MissedMax, Primary,
        PrimaryReselect, FailOverMac, XmitHashPolicy, ResendIgmp, NumPeerNotif, PeerNotifDelay, AllSlavesActive, MinLinks, LpInterval,
        PacketsPerSlave, LacpRate, LacpActive, AdSelect, AdActorSysPrio, AdActorSystem, AdUserPortKey, TlbDynamicLb,
    ];

    private static readonly Dictionary<Field, int[]> s_modes = new()
    {
        [ArpInterval] = [BalanceRr, ActiveBackup, BalanceXor, Broadcast],
        [ArpIpTarget] = [BalanceRr, ActiveBackup, BalanceXor, Broadcast],
        [ArpValidate] = [BalanceRr, ActiveBackup, BalanceXor, Broadcast],
        [ArpAllTargets] = [BalanceRr, ActiveBackup, BalanceXor, Broadcast],
        [MissedMax] = [BalanceRr, ActiveBackup, BalanceXor, Broadcast],
        [Primary] = [ActiveBackup, BalanceTlb, BalanceAlb],
        [PrimaryReselect] = [ActiveBackup, BalanceTlb, BalanceAlb],
        [FailOverMac] = [ActiveBackup],
        [XmitHashPolicy] = [BalanceXor, Lacp, BalanceTlb, BalanceAlb],
        [PacketsPerSlave] = [BalanceRr],
        [LpInterval] = [BalanceTlb, BalanceAlb],
        [LacpRate] = [Lacp],
        [LacpActive] = [Lacp],
        [AdSelect] = [Lacp],
        [AdActorSysPrio] = [Lacp],
        [AdActorSystem] = [Lacp],
        [AdUserPortKey] = [Lacp],
        [TlbDynamicLb] = [BalanceTlb, BalanceAlb],
    };

    /// <summary>The modes (numbers of <see cref="BondMode"/>) in which an option means something; null where it does in all.</summary>
    public static IReadOnlyList<int>? ModesOf(Field option) => s_modes.GetValueOrDefault(option);

    private static string Option(string name) => "link-aggregation.options." + name;

    private static Field Number(string name, long max, string? unit = null, long min = 0, FieldApply apply = FieldApply.Live) =>
        new(Option(name), FieldType.Number, apply) { Min = min, Max = max, Unit = unit };

    private static Field Flag(string name, FieldApply apply = FieldApply.Live) => new(Option(name), FieldType.Flag, apply);

    private static Field Choice(string name, FieldApply apply, params string[] names) =>
        new(Option(name), FieldType.Choice, apply) { Choices = [.. names.Select((n, i) => new Choice(n, i))] };
}
