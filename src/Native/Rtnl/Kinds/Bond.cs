using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>A bond. Names and defaults: https://docs.kernel.org/networking/bonding.html</summary>
public sealed class Bond : LinkData
{
    private const int IFLA_BOND_MODE = 1;
    private const int IFLA_BOND_ACTIVE_SLAVE = 2;
    private const int IFLA_BOND_MIIMON = 3;
    private const int IFLA_BOND_UPDELAY = 4;
    private const int IFLA_BOND_DOWNDELAY = 5;
    private const int IFLA_BOND_USE_CARRIER = 6;
    private const int IFLA_BOND_ARP_INTERVAL = 7;
    private const int IFLA_BOND_ARP_IP_TARGET = 8;
    private const int IFLA_BOND_ARP_VALIDATE = 9;
    private const int IFLA_BOND_ARP_ALL_TARGETS = 10;
    private const int IFLA_BOND_PRIMARY = 11;
    private const int IFLA_BOND_PRIMARY_RESELECT = 12;
    private const int IFLA_BOND_FAIL_OVER_MAC = 13;
    private const int IFLA_BOND_XMIT_HASH_POLICY = 14;
    private const int IFLA_BOND_RESEND_IGMP = 15;
    private const int IFLA_BOND_NUM_PEER_NOTIF = 16;
    private const int IFLA_BOND_ALL_SLAVES_ACTIVE = 17;
    private const int IFLA_BOND_MIN_LINKS = 18;
    private const int IFLA_BOND_LP_INTERVAL = 19;
    private const int IFLA_BOND_PACKETS_PER_SLAVE = 20;
    private const int IFLA_BOND_AD_LACP_RATE = 21;
    private const int IFLA_BOND_AD_SELECT = 22;
    private const int IFLA_BOND_AD_INFO = 23;
    private const int IFLA_BOND_AD_ACTOR_SYS_PRIO = 24;
    private const int IFLA_BOND_AD_USER_PORT_KEY = 25;
    private const int IFLA_BOND_AD_ACTOR_SYSTEM = 26;
    private const int IFLA_BOND_TLB_DYNAMIC_LB = 27;
    private const int IFLA_BOND_PEER_NOTIF_DELAY = 28;
    private const int IFLA_BOND_AD_LACP_ACTIVE = 29;
    private const int IFLA_BOND_MISSED_MAX = 30;
    private const int IFLA_BOND_NS_IP6_TARGET = 31;
    private const int IFLA_BOND_COUPLED_CONTROL = 32;

    public override string Kind => LinkKinds.Bond;

    /// <summary>Changeable without ports only.</summary>
    public BondMode? Mode { get; set; }

    /// <summary>Index of the port in use; of the modes with one.</summary>
    public int? ActivePort { get; set; }

    /// <summary>Milliseconds between looks at the carrier; 0 is off.</summary>
    public uint? MiiMonitorInterval { get; set; }

    /// <summary>Milliseconds, a multiple of the monitor interval.</summary>
    public uint? UpDelay { get; set; }

    /// <summary>Milliseconds, a multiple of the monitor interval.</summary>
    public uint? DownDelay { get; set; }

    /// <summary>Always true from Linux 6.18 on, which refuses to have it off.</summary>
    public bool? UseCarrier { get; set; }

    /// <summary>Milliseconds; 0 is off. Refused by the kernel in modes 802.3ad, balance-tlb and balance-alb.</summary>
    public uint? ArpInterval { get; set; }

    public BondArpValidate? ArpValidate { get; set; }

    public BondArpAllTargets? ArpAllTargets { get; set; }

    /// <summary>Index of the preferred port.</summary>
    public int? Primary { get; set; }

    public BondPrimaryReselect? PrimaryReselect { get; set; }

    /// <summary>Changeable without ports only.</summary>
    public BondFailOverMac? FailOverMac { get; set; }

    public BondTransmitHashPolicy? TransmitHashPolicy { get; set; }

    /// <summary>Times, after a failover.</summary>
    public uint? ResendIgmp { get; set; }

    /// <summary>Times, after a failover.</summary>
    public byte? PeerNotifications { get; set; }

    /// <summary>Deliver frames from ports not in use.</summary>
    public bool? AllPortsActive { get; set; }

    /// <summary>Ports needed for carrier; of 802.3ad.</summary>
    public uint? MinLinks { get; set; }

    /// <summary>Seconds.</summary>
    public uint? LearningPacketInterval { get; set; }

    /// <summary>Of balance-rr; 0 is at random.</summary>
    public uint? PacketsPerPort { get; set; }

    /// <summary>Changeable while the bond is down only.</summary>
    public BondLacpRate? LacpRate { get; set; }

    /// <summary>Changeable while the bond is down only.</summary>
    public BondAdSelect? AdSelect { get; set; }

    /// <summary>1 to 65535; of 802.3ad.</summary>
    public ushort? AdActorSystemPriority { get; set; }

    /// <summary>0 to 1023; of 802.3ad.</summary>
    public ushort? AdUserPortKey { get; set; }

    /// <summary>Of 802.3ad.</summary>
    public MacAddress? AdActorSystem { get; set; }

    /// <summary>Of balance-tlb.</summary>
    public bool? TlbDynamicLoadBalancing { get; set; }

    /// <summary>Milliseconds, a multiple of the monitor interval.</summary>
    public uint? PeerNotificationDelay { get; set; }

    /// <summary>Linux 5.16</summary>
    public bool? LacpActive { get; set; }

    /// <summary>Missed ARP answers before a port counts as down; Linux 5.17.</summary>
    public byte? MissedMax { get; set; }

    /// <summary>Linux 6.9</summary>
    public bool? CoupledControl { get; set; }

    /// <summary>IPv4 addresses to ask by ARP, 16 at most; an empty list removes all.</summary>
    public List<InetAddress>? ArpIpTargets { get; set; }

    /// <summary>IPv6 addresses to ask by neighbour solicitation; Linux 5.19.</summary>
    public List<InetAddress>? NsIp6Targets { get; set; }

    /// <summary>Read only; of 802.3ad with an active aggregator.</summary>
    public BondAdInfo? AdInfo { get; set; }

    public override void Reset()
    {
        ArpIpTargets = null;
        NsIp6Targets = null;
        AdInfo = null;
        Mode = null;
        ActivePort = null;
        MiiMonitorInterval = null;
        UpDelay = null;
        DownDelay = null;
        UseCarrier = null;
        ArpInterval = null;
        ArpValidate = null;
        ArpAllTargets = null;
        Primary = null;
        PrimaryReselect = null;
        FailOverMac = null;
        TransmitHashPolicy = null;
        ResendIgmp = null;
        PeerNotifications = null;
        AllPortsActive = null;
        MinLinks = null;
        LearningPacketInterval = null;
        PacketsPerPort = null;
        LacpRate = null;
        AdSelect = null;
        AdActorSystemPriority = null;
        AdUserPortKey = null;
        AdActorSystem = null;
        TlbDynamicLoadBalancing = null;
        PeerNotificationDelay = null;
        LacpActive = null;
        MissedMax = null;
        CoupledControl = null;
    }

    public override void Decode(AttributeReader reader)
    {
        var (arpTargets, nsTargets) = (ArpIpTargets, NsIp6Targets);
        Reset();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_BOND_MODE: Mode = (BondMode)reader.AsByte(); break;
                case IFLA_BOND_ACTIVE_SLAVE: ActivePort = reader.AsInt32(); break;
                case IFLA_BOND_MIIMON: MiiMonitorInterval = reader.AsUInt32(); break;
                case IFLA_BOND_UPDELAY: UpDelay = reader.AsUInt32(); break;
                case IFLA_BOND_DOWNDELAY: DownDelay = reader.AsUInt32(); break;
                case IFLA_BOND_USE_CARRIER: UseCarrier = reader.AsBool(); break;
                case IFLA_BOND_ARP_INTERVAL: ArpInterval = reader.AsUInt32(); break;
                case IFLA_BOND_ARP_IP_TARGET: ArpIpTargets = DecodeTargets(reader.AsNested(), arpTargets); break;
                case IFLA_BOND_ARP_VALIDATE: ArpValidate = (BondArpValidate)reader.AsUInt32(); break;
                case IFLA_BOND_ARP_ALL_TARGETS: ArpAllTargets = (BondArpAllTargets)reader.AsUInt32(); break;
                case IFLA_BOND_PRIMARY: Primary = reader.AsInt32(); break;
                case IFLA_BOND_PRIMARY_RESELECT: PrimaryReselect = (BondPrimaryReselect)reader.AsByte(); break;
                case IFLA_BOND_FAIL_OVER_MAC: FailOverMac = (BondFailOverMac)reader.AsByte(); break;
                case IFLA_BOND_XMIT_HASH_POLICY: TransmitHashPolicy = (BondTransmitHashPolicy)reader.AsByte(); break;
                case IFLA_BOND_RESEND_IGMP: ResendIgmp = reader.AsUInt32(); break;
                case IFLA_BOND_NUM_PEER_NOTIF: PeerNotifications = reader.AsByte(); break;
                case IFLA_BOND_ALL_SLAVES_ACTIVE: AllPortsActive = reader.AsBool(); break;
                case IFLA_BOND_MIN_LINKS: MinLinks = reader.AsUInt32(); break;
                case IFLA_BOND_LP_INTERVAL: LearningPacketInterval = reader.AsUInt32(); break;
                case IFLA_BOND_PACKETS_PER_SLAVE: PacketsPerPort = reader.AsUInt32(); break;
                case IFLA_BOND_AD_LACP_RATE: LacpRate = (BondLacpRate)reader.AsByte(); break;
                case IFLA_BOND_AD_SELECT: AdSelect = (BondAdSelect)reader.AsByte(); break;
                case IFLA_BOND_AD_INFO: AdInfo = BondAdInfo.Decode(reader.AsNested()); break;
                case IFLA_BOND_AD_ACTOR_SYS_PRIO: AdActorSystemPriority = reader.AsUInt16(); break;
                case IFLA_BOND_AD_USER_PORT_KEY: AdUserPortKey = reader.AsUInt16(); break;
                case IFLA_BOND_AD_ACTOR_SYSTEM: AdActorSystem = reader.AsMac(); break;
                case IFLA_BOND_TLB_DYNAMIC_LB: TlbDynamicLoadBalancing = reader.AsBool(); break;
                case IFLA_BOND_PEER_NOTIF_DELAY: PeerNotificationDelay = reader.AsUInt32(); break;
                case IFLA_BOND_AD_LACP_ACTIVE: LacpActive = reader.AsBool(); break;
                case IFLA_BOND_MISSED_MAX: MissedMax = reader.AsByte(); break;
                case IFLA_BOND_NS_IP6_TARGET: NsIp6Targets = DecodeTargets(reader.AsNested(), nsTargets); break;
                case IFLA_BOND_COUPLED_CONTROL: CoupledControl = reader.AsBool(); break;
            }
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
        writer.WriteByte(IFLA_BOND_MODE, (byte?)Mode);
        writer.WriteInt32(IFLA_BOND_ACTIVE_SLAVE, ActivePort);
        writer.WriteUInt32(IFLA_BOND_MIIMON, MiiMonitorInterval);
        writer.WriteUInt32(IFLA_BOND_UPDELAY, UpDelay);
        writer.WriteUInt32(IFLA_BOND_DOWNDELAY, DownDelay);
        writer.WriteBool(IFLA_BOND_USE_CARRIER, UseCarrier);
        writer.WriteUInt32(IFLA_BOND_ARP_INTERVAL, ArpInterval);
        EncodeTargets(writer, IFLA_BOND_ARP_IP_TARGET, ArpIpTargets);
        writer.WriteUInt32(IFLA_BOND_ARP_VALIDATE, (uint?)ArpValidate);
        writer.WriteUInt32(IFLA_BOND_ARP_ALL_TARGETS, (uint?)ArpAllTargets);
        writer.WriteInt32(IFLA_BOND_PRIMARY, Primary);
        writer.WriteByte(IFLA_BOND_PRIMARY_RESELECT, (byte?)PrimaryReselect);
        writer.WriteByte(IFLA_BOND_FAIL_OVER_MAC, (byte?)FailOverMac);
        writer.WriteByte(IFLA_BOND_XMIT_HASH_POLICY, (byte?)TransmitHashPolicy);
        writer.WriteUInt32(IFLA_BOND_RESEND_IGMP, ResendIgmp);
        writer.WriteByte(IFLA_BOND_NUM_PEER_NOTIF, PeerNotifications);
        writer.WriteBool(IFLA_BOND_ALL_SLAVES_ACTIVE, AllPortsActive);
        writer.WriteUInt32(IFLA_BOND_MIN_LINKS, MinLinks);
        writer.WriteUInt32(IFLA_BOND_LP_INTERVAL, LearningPacketInterval);
        writer.WriteUInt32(IFLA_BOND_PACKETS_PER_SLAVE, PacketsPerPort);
        writer.WriteByte(IFLA_BOND_AD_LACP_RATE, (byte?)LacpRate);
        writer.WriteByte(IFLA_BOND_AD_SELECT, (byte?)AdSelect);
        AdInfo?.Encode(writer, IFLA_BOND_AD_INFO);
        writer.WriteUInt16(IFLA_BOND_AD_ACTOR_SYS_PRIO, AdActorSystemPriority);
        writer.WriteUInt16(IFLA_BOND_AD_USER_PORT_KEY, AdUserPortKey);
        writer.WriteMac(IFLA_BOND_AD_ACTOR_SYSTEM, AdActorSystem);
        writer.WriteBool(IFLA_BOND_TLB_DYNAMIC_LB, TlbDynamicLoadBalancing);
        writer.WriteUInt32(IFLA_BOND_PEER_NOTIF_DELAY, PeerNotificationDelay);
        writer.WriteBool(IFLA_BOND_AD_LACP_ACTIVE, LacpActive);
        writer.WriteByte(IFLA_BOND_MISSED_MAX, MissedMax);
        EncodeTargets(writer, IFLA_BOND_NS_IP6_TARGET, NsIp6Targets);
        writer.WriteBool(IFLA_BOND_COUPLED_CONTROL, CoupledControl);
    }

    /// <summary>Each target is an attribute whose type is its place in the list.</summary>
    private static List<InetAddress> DecodeTargets(AttributeReader reader, List<InetAddress>? known)
    {
        var targets = known ?? [];
        targets.Clear();
        while (reader.Next())
            targets.Add(reader.AsInet());
        return targets;
    }

    private static void EncodeTargets(NetlinkWriter writer, int type, List<InetAddress>? targets)
    {
        if (targets is null)
            return;
        var nested = writer.BeginNested(type);
        for (var i = 0; i < targets.Count; i++)
            writer.WriteInet(i, targets[i]);
        writer.EndNested(nested);
    }
}
