using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>What a bridge says about one of its ports; bridge-link(8).</summary>
public sealed class BridgePort : LinkData
{
    private const int IFLA_BRPORT_STATE = 1;
    private const int IFLA_BRPORT_PRIORITY = 2;
    private const int IFLA_BRPORT_COST = 3;
    private const int IFLA_BRPORT_MODE = 4;
    private const int IFLA_BRPORT_GUARD = 5;
    private const int IFLA_BRPORT_PROTECT = 6;
    private const int IFLA_BRPORT_FAST_LEAVE = 7;
    private const int IFLA_BRPORT_LEARNING = 8;
    private const int IFLA_BRPORT_UNICAST_FLOOD = 9;
    private const int IFLA_BRPORT_PROXYARP = 10;
    private const int IFLA_BRPORT_PROXYARP_WIFI = 12;
    private const int IFLA_BRPORT_DESIGNATED_PORT = 15;
    private const int IFLA_BRPORT_DESIGNATED_COST = 16;
    private const int IFLA_BRPORT_ID = 17;
    private const int IFLA_BRPORT_NO = 18;
    private const int IFLA_BRPORT_TOPOLOGY_CHANGE_ACK = 19;
    private const int IFLA_BRPORT_CONFIG_PENDING = 20;
    private const int IFLA_BRPORT_MULTICAST_ROUTER = 25;
    private const int IFLA_BRPORT_MCAST_FLOOD = 27;
    private const int IFLA_BRPORT_MCAST_TO_UCAST = 28;
    private const int IFLA_BRPORT_VLAN_TUNNEL = 29;
    private const int IFLA_BRPORT_BCAST_FLOOD = 30;
    private const int IFLA_BRPORT_GROUP_FWD_MASK = 31;
    private const int IFLA_BRPORT_NEIGH_SUPPRESS = 32;
    private const int IFLA_BRPORT_ISOLATED = 33;
    private const int IFLA_BRPORT_BACKUP_PORT = 34;
    private const int IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT = 37;
    private const int IFLA_BRPORT_MCAST_EHT_HOSTS_CNT = 38;
    private const int IFLA_BRPORT_LOCKED = 39;
    private const int IFLA_BRPORT_MAB = 40;
    private const int IFLA_BRPORT_NEIGH_VLAN_SUPPRESS = 43;

    public override string Kind => LinkKinds.Bridge;

    /// <summary>Set by spanning tree, or by the user when it is off.</summary>
    public BridgePortState? State { get; set; }

    public ushort? Priority { get; set; }

    public uint? Cost { get; set; }

    /// <summary>May send a frame back out of the port it came in by.</summary>
    public bool? Hairpin { get; set; }

    public bool? BpduGuard { get; set; }

    public bool? RootBlock { get; set; }

    public bool? FastLeave { get; set; }

    public bool? Learning { get; set; }

    public bool? UnicastFlood { get; set; }

    public bool? ProxyArp { get; set; }

    public bool? ProxyArpWifi { get; set; }

    /// <summary>Read only.</summary>
    public ushort? DesignatedPort { get; set; }

    /// <summary>Read only.</summary>
    public ushort? DesignatedCost { get; set; }

    /// <summary>Read only.</summary>
    public ushort? PortId { get; set; }

    /// <summary>Read only.</summary>
    public ushort? PortNumber { get; set; }

    /// <summary>Read only.</summary>
    public bool? TopologyChangeAck { get; set; }

    /// <summary>Read only.</summary>
    public bool? ConfigPending { get; set; }

    public byte? MulticastRouter { get; set; }

    public bool? MulticastFlood { get; set; }

    public bool? MulticastToUnicast { get; set; }

    public bool? VlanTunnel { get; set; }

    public bool? BroadcastFlood { get; set; }

    public ushort? GroupForwardMask { get; set; }

    public bool? NeighbourSuppress { get; set; }

    /// <summary>Talks to ports that are not isolated only.</summary>
    public bool? Isolated { get; set; }

    /// <summary>Index of the link that takes over without carrier.</summary>
    public int? BackupPort { get; set; }

    public uint? MulticastEhtHostsLimit { get; set; }

    /// <summary>Read only.</summary>
    public uint? MulticastEhtHostsCount { get; set; }

    /// <summary>Linux 5.18</summary>
    public bool? Locked { get; set; }

    /// <summary>Linux 6.2</summary>
    public bool? MacAuthenticationBypass { get; set; }

    /// <summary>Linux 6.4</summary>
    public bool? NeighbourVlanSuppress { get; set; }

    public override void Reset()
    {
        State = null;
        Priority = null;
        Cost = null;
        Hairpin = null;
        BpduGuard = null;
        RootBlock = null;
        FastLeave = null;
        Learning = null;
        UnicastFlood = null;
        ProxyArp = null;
        ProxyArpWifi = null;
        DesignatedPort = null;
        DesignatedCost = null;
        PortId = null;
        PortNumber = null;
        TopologyChangeAck = null;
        ConfigPending = null;
        MulticastRouter = null;
        MulticastFlood = null;
        MulticastToUnicast = null;
        VlanTunnel = null;
        BroadcastFlood = null;
        GroupForwardMask = null;
        NeighbourSuppress = null;
        Isolated = null;
        BackupPort = null;
        MulticastEhtHostsLimit = null;
        MulticastEhtHostsCount = null;
        Locked = null;
        MacAuthenticationBypass = null;
        NeighbourVlanSuppress = null;
    }

    public override void Decode(AttributeReader reader)
    {
        Reset();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_BRPORT_STATE: State = (BridgePortState)reader.AsByte(); break;
                case IFLA_BRPORT_PRIORITY: Priority = reader.AsUInt16(); break;
                case IFLA_BRPORT_COST: Cost = reader.AsUInt32(); break;
                case IFLA_BRPORT_MODE: Hairpin = reader.AsBool(); break;
                case IFLA_BRPORT_GUARD: BpduGuard = reader.AsBool(); break;
                case IFLA_BRPORT_PROTECT: RootBlock = reader.AsBool(); break;
                case IFLA_BRPORT_FAST_LEAVE: FastLeave = reader.AsBool(); break;
                case IFLA_BRPORT_LEARNING: Learning = reader.AsBool(); break;
                case IFLA_BRPORT_UNICAST_FLOOD: UnicastFlood = reader.AsBool(); break;
                case IFLA_BRPORT_PROXYARP: ProxyArp = reader.AsBool(); break;
                case IFLA_BRPORT_PROXYARP_WIFI: ProxyArpWifi = reader.AsBool(); break;
                case IFLA_BRPORT_DESIGNATED_PORT: DesignatedPort = reader.AsUInt16(); break;
                case IFLA_BRPORT_DESIGNATED_COST: DesignatedCost = reader.AsUInt16(); break;
                case IFLA_BRPORT_ID: PortId = reader.AsUInt16(); break;
                case IFLA_BRPORT_NO: PortNumber = reader.AsUInt16(); break;
                case IFLA_BRPORT_TOPOLOGY_CHANGE_ACK: TopologyChangeAck = reader.AsBool(); break;
                case IFLA_BRPORT_CONFIG_PENDING: ConfigPending = reader.AsBool(); break;
                case IFLA_BRPORT_MULTICAST_ROUTER: MulticastRouter = reader.AsByte(); break;
                case IFLA_BRPORT_MCAST_FLOOD: MulticastFlood = reader.AsBool(); break;
                case IFLA_BRPORT_MCAST_TO_UCAST: MulticastToUnicast = reader.AsBool(); break;
                case IFLA_BRPORT_VLAN_TUNNEL: VlanTunnel = reader.AsBool(); break;
                case IFLA_BRPORT_BCAST_FLOOD: BroadcastFlood = reader.AsBool(); break;
                case IFLA_BRPORT_GROUP_FWD_MASK: GroupForwardMask = reader.AsUInt16(); break;
                case IFLA_BRPORT_NEIGH_SUPPRESS: NeighbourSuppress = reader.AsBool(); break;
                case IFLA_BRPORT_ISOLATED: Isolated = reader.AsBool(); break;
                case IFLA_BRPORT_BACKUP_PORT: BackupPort = reader.AsInt32(); break;
                case IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT: MulticastEhtHostsLimit = reader.AsUInt32(); break;
                case IFLA_BRPORT_MCAST_EHT_HOSTS_CNT: MulticastEhtHostsCount = reader.AsUInt32(); break;
                case IFLA_BRPORT_LOCKED: Locked = reader.AsBool(); break;
                case IFLA_BRPORT_MAB: MacAuthenticationBypass = reader.AsBool(); break;
                case IFLA_BRPORT_NEIGH_VLAN_SUPPRESS: NeighbourVlanSuppress = reader.AsBool(); break;
            }
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
        writer.WriteByte(IFLA_BRPORT_STATE, (byte?)State);
        writer.WriteUInt16(IFLA_BRPORT_PRIORITY, Priority);
        writer.WriteUInt32(IFLA_BRPORT_COST, Cost);
        writer.WriteBool(IFLA_BRPORT_MODE, Hairpin);
        writer.WriteBool(IFLA_BRPORT_GUARD, BpduGuard);
        writer.WriteBool(IFLA_BRPORT_PROTECT, RootBlock);
        writer.WriteBool(IFLA_BRPORT_FAST_LEAVE, FastLeave);
        writer.WriteBool(IFLA_BRPORT_LEARNING, Learning);
        writer.WriteBool(IFLA_BRPORT_UNICAST_FLOOD, UnicastFlood);
        writer.WriteBool(IFLA_BRPORT_PROXYARP, ProxyArp);
        writer.WriteBool(IFLA_BRPORT_PROXYARP_WIFI, ProxyArpWifi);
        writer.WriteUInt16(IFLA_BRPORT_DESIGNATED_PORT, DesignatedPort);
        writer.WriteUInt16(IFLA_BRPORT_DESIGNATED_COST, DesignatedCost);
        writer.WriteUInt16(IFLA_BRPORT_ID, PortId);
        writer.WriteUInt16(IFLA_BRPORT_NO, PortNumber);
        writer.WriteBool(IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, TopologyChangeAck);
        writer.WriteBool(IFLA_BRPORT_CONFIG_PENDING, ConfigPending);
        writer.WriteByte(IFLA_BRPORT_MULTICAST_ROUTER, MulticastRouter);
        writer.WriteBool(IFLA_BRPORT_MCAST_FLOOD, MulticastFlood);
        writer.WriteBool(IFLA_BRPORT_MCAST_TO_UCAST, MulticastToUnicast);
        writer.WriteBool(IFLA_BRPORT_VLAN_TUNNEL, VlanTunnel);
        writer.WriteBool(IFLA_BRPORT_BCAST_FLOOD, BroadcastFlood);
        writer.WriteUInt16(IFLA_BRPORT_GROUP_FWD_MASK, GroupForwardMask);
        writer.WriteBool(IFLA_BRPORT_NEIGH_SUPPRESS, NeighbourSuppress);
        writer.WriteBool(IFLA_BRPORT_ISOLATED, Isolated);
        writer.WriteInt32(IFLA_BRPORT_BACKUP_PORT, BackupPort);
        writer.WriteUInt32(IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, MulticastEhtHostsLimit);
        writer.WriteUInt32(IFLA_BRPORT_MCAST_EHT_HOSTS_CNT, MulticastEhtHostsCount);
        writer.WriteBool(IFLA_BRPORT_LOCKED, Locked);
        writer.WriteBool(IFLA_BRPORT_MAB, MacAuthenticationBypass);
        writer.WriteBool(IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, NeighbourVlanSuppress);
    }
}
