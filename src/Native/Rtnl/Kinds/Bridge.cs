using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>A bridge. Times are in hundredths of a second (USER_HZ), whatever the kernel's own tick; ip-link(8), type bridge.</summary>
public sealed class Bridge : LinkData
{
    private const int IFLA_BR_FORWARD_DELAY = 1;
    private const int IFLA_BR_HELLO_TIME = 2;
    private const int IFLA_BR_MAX_AGE = 3;
    private const int IFLA_BR_AGEING_TIME = 4;
    private const int IFLA_BR_STP_STATE = 5;
    private const int IFLA_BR_PRIORITY = 6;
    private const int IFLA_BR_VLAN_FILTERING = 7;
    private const int IFLA_BR_VLAN_PROTOCOL = 8;
    private const int IFLA_BR_GROUP_FWD_MASK = 9;
    private const int IFLA_BR_ROOT_ID = 10;
    private const int IFLA_BR_BRIDGE_ID = 11;
    private const int IFLA_BR_ROOT_PORT = 12;
    private const int IFLA_BR_ROOT_PATH_COST = 13;
    private const int IFLA_BR_TOPOLOGY_CHANGE = 14;
    private const int IFLA_BR_TOPOLOGY_CHANGE_DETECTED = 15;
    private const int IFLA_BR_GROUP_ADDR = 20;
    private const int IFLA_BR_MCAST_ROUTER = 22;
    private const int IFLA_BR_MCAST_SNOOPING = 23;
    private const int IFLA_BR_MCAST_QUERY_USE_IFADDR = 24;
    private const int IFLA_BR_MCAST_QUERIER = 25;
    private const int IFLA_BR_MCAST_HASH_ELASTICITY = 26;
    private const int IFLA_BR_MCAST_HASH_MAX = 27;
    private const int IFLA_BR_MCAST_LAST_MEMBER_CNT = 28;
    private const int IFLA_BR_MCAST_STARTUP_QUERY_CNT = 29;
    private const int IFLA_BR_MCAST_LAST_MEMBER_INTVL = 30;
    private const int IFLA_BR_MCAST_MEMBERSHIP_INTVL = 31;
    private const int IFLA_BR_MCAST_QUERIER_INTVL = 32;
    private const int IFLA_BR_MCAST_QUERY_INTVL = 33;
    private const int IFLA_BR_MCAST_QUERY_RESPONSE_INTVL = 34;
    private const int IFLA_BR_MCAST_STARTUP_QUERY_INTVL = 35;
    private const int IFLA_BR_NF_CALL_IPTABLES = 36;
    private const int IFLA_BR_NF_CALL_IP6TABLES = 37;
    private const int IFLA_BR_NF_CALL_ARPTABLES = 38;
    private const int IFLA_BR_VLAN_DEFAULT_PVID = 39;
    private const int IFLA_BR_VLAN_STATS_ENABLED = 41;
    private const int IFLA_BR_MCAST_STATS_ENABLED = 42;
    private const int IFLA_BR_MCAST_IGMP_VERSION = 43;
    private const int IFLA_BR_MCAST_MLD_VERSION = 44;
    private const int IFLA_BR_VLAN_STATS_PER_PORT = 45;
    private const int IFLA_BR_MULTI_BOOLOPT = 46;

    public override string Kind => LinkKinds.Bridge;

    /// <summary>Hundredths of a second.</summary>
    public uint? ForwardDelay { get; set; }

    /// <summary>Hundredths of a second.</summary>
    public uint? HelloTime { get; set; }

    /// <summary>Hundredths of a second.</summary>
    public uint? MaxAge { get; set; }

    /// <summary>Hundredths of a second; 0 forgets at once.</summary>
    public uint? AgeingTime { get; set; }

    /// <summary>0 off, 1 the kernel's spanning tree, 2 a user-space daemon's.</summary>
    public uint? StpState { get; set; }

    public ushort? Priority { get; set; }

    public bool? VlanFiltering { get; set; }

    /// <summary>0x8100 (802.1Q) or 0x88a8 (802.1ad).</summary>
    public ushort? VlanProtocol { get; set; }

    /// <summary>Bit n forwards 01-80-c2-00-00-0n.</summary>
    public ushort? GroupForwardMask { get; set; }

    /// <summary>Read only.</summary>
    public BridgeId? RootId { get; set; }

    /// <summary>Read only.</summary>
    public BridgeId? BridgeId { get; set; }

    /// <summary>Read only.</summary>
    public ushort? RootPort { get; set; }

    /// <summary>Read only.</summary>
    public uint? RootPathCost { get; set; }

    /// <summary>Read only.</summary>
    public bool? TopologyChange { get; set; }

    /// <summary>Read only.</summary>
    public bool? TopologyChangeDetected { get; set; }

    /// <summary>Where spanning tree frames go.</summary>
    public MacAddress? GroupAddress { get; set; }

    /// <summary>0 never, 1 by query, 2 always.</summary>
    public byte? MulticastRouter { get; set; }

    public bool? MulticastSnooping { get; set; }

    public bool? MulticastQueryUseInterfaceAddress { get; set; }

    public bool? MulticastQuerier { get; set; }

    /// <summary>Always 16 since Linux 4.20.</summary>
    public uint? MulticastHashElasticity { get; set; }

    public uint? MulticastHashMax { get; set; }

    public uint? MulticastLastMemberCount { get; set; }

    public uint? MulticastStartupQueryCount { get; set; }

    /// <summary>Hundredths of a second.</summary>
    public ulong? MulticastLastMemberInterval { get; set; }

    /// <summary>Hundredths of a second.</summary>
    public ulong? MulticastMembershipInterval { get; set; }

    /// <summary>Hundredths of a second.</summary>
    public ulong? MulticastQuerierInterval { get; set; }

    /// <summary>Hundredths of a second.</summary>
    public ulong? MulticastQueryInterval { get; set; }

    /// <summary>Hundredths of a second.</summary>
    public ulong? MulticastQueryResponseInterval { get; set; }

    /// <summary>Hundredths of a second.</summary>
    public ulong? MulticastStartupQueryInterval { get; set; }

    public bool? NetfilterCallIptables { get; set; }

    public bool? NetfilterCallIp6tables { get; set; }

    public bool? NetfilterCallArptables { get; set; }

    /// <summary>0 for none.</summary>
    public ushort? VlanDefaultPvid { get; set; }

    public bool? VlanStatistics { get; set; }

    public bool? MulticastStatistics { get; set; }

    public byte? MulticastIgmpVersion { get; set; }

    public byte? MulticastMldVersion { get; set; }

    /// <summary>Settable without ports only.</summary>
    public bool? VlanStatisticsPerPort { get; set; }

    public BridgeBooleanOptions? BooleanOptions { get; set; }

    public override void Reset()
    {
        ForwardDelay = null;
        HelloTime = null;
        MaxAge = null;
        AgeingTime = null;
        StpState = null;
        Priority = null;
        VlanFiltering = null;
        VlanProtocol = null;
        GroupForwardMask = null;
        RootId = null;
        BridgeId = null;
        RootPort = null;
        RootPathCost = null;
        TopologyChange = null;
        TopologyChangeDetected = null;
        GroupAddress = null;
        MulticastRouter = null;
        MulticastSnooping = null;
        MulticastQueryUseInterfaceAddress = null;
        MulticastQuerier = null;
        MulticastHashElasticity = null;
        MulticastHashMax = null;
        MulticastLastMemberCount = null;
        MulticastStartupQueryCount = null;
        MulticastLastMemberInterval = null;
        MulticastMembershipInterval = null;
        MulticastQuerierInterval = null;
        MulticastQueryInterval = null;
        MulticastQueryResponseInterval = null;
        MulticastStartupQueryInterval = null;
        NetfilterCallIptables = null;
        NetfilterCallIp6tables = null;
        NetfilterCallArptables = null;
        VlanDefaultPvid = null;
        VlanStatistics = null;
        MulticastStatistics = null;
        MulticastIgmpVersion = null;
        MulticastMldVersion = null;
        VlanStatisticsPerPort = null;
        BooleanOptions = null;
    }

    public override void Decode(AttributeReader reader)
    {
        Reset();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_BR_FORWARD_DELAY: ForwardDelay = reader.AsUInt32(); break;
                case IFLA_BR_HELLO_TIME: HelloTime = reader.AsUInt32(); break;
                case IFLA_BR_MAX_AGE: MaxAge = reader.AsUInt32(); break;
                case IFLA_BR_AGEING_TIME: AgeingTime = reader.AsUInt32(); break;
                case IFLA_BR_STP_STATE: StpState = reader.AsUInt32(); break;
                case IFLA_BR_PRIORITY: Priority = reader.AsUInt16(); break;
                case IFLA_BR_VLAN_FILTERING: VlanFiltering = reader.AsBool(); break;
                case IFLA_BR_VLAN_PROTOCOL: VlanProtocol = reader.AsUInt16BigEndian(); break;
                case IFLA_BR_GROUP_FWD_MASK: GroupForwardMask = reader.AsUInt16(); break;
                case IFLA_BR_ROOT_ID: RootId = reader.Read<BridgeId>(); break;
                case IFLA_BR_BRIDGE_ID: BridgeId = reader.Read<BridgeId>(); break;
                case IFLA_BR_ROOT_PORT: RootPort = reader.AsUInt16(); break;
                case IFLA_BR_ROOT_PATH_COST: RootPathCost = reader.AsUInt32(); break;
                case IFLA_BR_TOPOLOGY_CHANGE: TopologyChange = reader.AsBool(); break;
                case IFLA_BR_TOPOLOGY_CHANGE_DETECTED: TopologyChangeDetected = reader.AsBool(); break;
                case IFLA_BR_GROUP_ADDR: GroupAddress = reader.AsMac(); break;
                case IFLA_BR_MCAST_ROUTER: MulticastRouter = reader.AsByte(); break;
                case IFLA_BR_MCAST_SNOOPING: MulticastSnooping = reader.AsBool(); break;
                case IFLA_BR_MCAST_QUERY_USE_IFADDR: MulticastQueryUseInterfaceAddress = reader.AsBool(); break;
                case IFLA_BR_MCAST_QUERIER: MulticastQuerier = reader.AsBool(); break;
                case IFLA_BR_MCAST_HASH_ELASTICITY: MulticastHashElasticity = reader.AsUInt32(); break;
                case IFLA_BR_MCAST_HASH_MAX: MulticastHashMax = reader.AsUInt32(); break;
                case IFLA_BR_MCAST_LAST_MEMBER_CNT: MulticastLastMemberCount = reader.AsUInt32(); break;
                case IFLA_BR_MCAST_STARTUP_QUERY_CNT: MulticastStartupQueryCount = reader.AsUInt32(); break;
                case IFLA_BR_MCAST_LAST_MEMBER_INTVL: MulticastLastMemberInterval = reader.AsUInt64(); break;
                case IFLA_BR_MCAST_MEMBERSHIP_INTVL: MulticastMembershipInterval = reader.AsUInt64(); break;
                case IFLA_BR_MCAST_QUERIER_INTVL: MulticastQuerierInterval = reader.AsUInt64(); break;
                case IFLA_BR_MCAST_QUERY_INTVL: MulticastQueryInterval = reader.AsUInt64(); break;
                case IFLA_BR_MCAST_QUERY_RESPONSE_INTVL: MulticastQueryResponseInterval = reader.AsUInt64(); break;
                case IFLA_BR_MCAST_STARTUP_QUERY_INTVL: MulticastStartupQueryInterval = reader.AsUInt64(); break;
                case IFLA_BR_NF_CALL_IPTABLES: NetfilterCallIptables = reader.AsBool(); break;
                case IFLA_BR_NF_CALL_IP6TABLES: NetfilterCallIp6tables = reader.AsBool(); break;
                case IFLA_BR_NF_CALL_ARPTABLES: NetfilterCallArptables = reader.AsBool(); break;
                case IFLA_BR_VLAN_DEFAULT_PVID: VlanDefaultPvid = reader.AsUInt16(); break;
                case IFLA_BR_VLAN_STATS_ENABLED: VlanStatistics = reader.AsBool(); break;
                case IFLA_BR_MCAST_STATS_ENABLED: MulticastStatistics = reader.AsBool(); break;
                case IFLA_BR_MCAST_IGMP_VERSION: MulticastIgmpVersion = reader.AsByte(); break;
                case IFLA_BR_MCAST_MLD_VERSION: MulticastMldVersion = reader.AsByte(); break;
                case IFLA_BR_VLAN_STATS_PER_PORT: VlanStatisticsPerPort = reader.AsBool(); break;
                case IFLA_BR_MULTI_BOOLOPT: BooleanOptions = reader.Read<BridgeBooleanOptions>(); break;
            }
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
        writer.WriteUInt32(IFLA_BR_FORWARD_DELAY, ForwardDelay);
        writer.WriteUInt32(IFLA_BR_HELLO_TIME, HelloTime);
        writer.WriteUInt32(IFLA_BR_MAX_AGE, MaxAge);
        writer.WriteUInt32(IFLA_BR_AGEING_TIME, AgeingTime);
        writer.WriteUInt32(IFLA_BR_STP_STATE, StpState);
        writer.WriteUInt16(IFLA_BR_PRIORITY, Priority);
        writer.WriteBool(IFLA_BR_VLAN_FILTERING, VlanFiltering);
        writer.WriteUInt16BigEndian(IFLA_BR_VLAN_PROTOCOL, VlanProtocol);
        writer.WriteUInt16(IFLA_BR_GROUP_FWD_MASK, GroupForwardMask);
        if (RootId is { } rootId)
            writer.WriteAttribute(IFLA_BR_ROOT_ID, rootId);
        if (BridgeId is { } bridgeId)
            writer.WriteAttribute(IFLA_BR_BRIDGE_ID, bridgeId);
        writer.WriteUInt16(IFLA_BR_ROOT_PORT, RootPort);
        writer.WriteUInt32(IFLA_BR_ROOT_PATH_COST, RootPathCost);
        writer.WriteBool(IFLA_BR_TOPOLOGY_CHANGE, TopologyChange);
        writer.WriteBool(IFLA_BR_TOPOLOGY_CHANGE_DETECTED, TopologyChangeDetected);
        writer.WriteMac(IFLA_BR_GROUP_ADDR, GroupAddress);
        writer.WriteByte(IFLA_BR_MCAST_ROUTER, MulticastRouter);
        writer.WriteBool(IFLA_BR_MCAST_SNOOPING, MulticastSnooping);
        writer.WriteBool(IFLA_BR_MCAST_QUERY_USE_IFADDR, MulticastQueryUseInterfaceAddress);
        writer.WriteBool(IFLA_BR_MCAST_QUERIER, MulticastQuerier);
        writer.WriteUInt32(IFLA_BR_MCAST_HASH_ELASTICITY, MulticastHashElasticity);
        writer.WriteUInt32(IFLA_BR_MCAST_HASH_MAX, MulticastHashMax);
        writer.WriteUInt32(IFLA_BR_MCAST_LAST_MEMBER_CNT, MulticastLastMemberCount);
        writer.WriteUInt32(IFLA_BR_MCAST_STARTUP_QUERY_CNT, MulticastStartupQueryCount);
        writer.WriteUInt64(IFLA_BR_MCAST_LAST_MEMBER_INTVL, MulticastLastMemberInterval);
        writer.WriteUInt64(IFLA_BR_MCAST_MEMBERSHIP_INTVL, MulticastMembershipInterval);
        writer.WriteUInt64(IFLA_BR_MCAST_QUERIER_INTVL, MulticastQuerierInterval);
        writer.WriteUInt64(IFLA_BR_MCAST_QUERY_INTVL, MulticastQueryInterval);
        writer.WriteUInt64(IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, MulticastQueryResponseInterval);
        writer.WriteUInt64(IFLA_BR_MCAST_STARTUP_QUERY_INTVL, MulticastStartupQueryInterval);
        writer.WriteBool(IFLA_BR_NF_CALL_IPTABLES, NetfilterCallIptables);
        writer.WriteBool(IFLA_BR_NF_CALL_IP6TABLES, NetfilterCallIp6tables);
        writer.WriteBool(IFLA_BR_NF_CALL_ARPTABLES, NetfilterCallArptables);
        writer.WriteUInt16(IFLA_BR_VLAN_DEFAULT_PVID, VlanDefaultPvid);
        writer.WriteBool(IFLA_BR_VLAN_STATS_ENABLED, VlanStatistics);
        writer.WriteBool(IFLA_BR_MCAST_STATS_ENABLED, MulticastStatistics);
        writer.WriteByte(IFLA_BR_MCAST_IGMP_VERSION, MulticastIgmpVersion);
        writer.WriteByte(IFLA_BR_MCAST_MLD_VERSION, MulticastMldVersion);
        writer.WriteBool(IFLA_BR_VLAN_STATS_PER_PORT, VlanStatisticsPerPort);
        if (BooleanOptions is { } booleanOptions)
            writer.WriteAttribute(IFLA_BR_MULTI_BOOLOPT, booleanOptions);
    }
}
