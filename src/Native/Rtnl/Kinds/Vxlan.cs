using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>A VXLAN tunnel endpoint; ip-link(8), type vxlan.</summary>
public sealed class Vxlan : LinkData
{
    private const int IFLA_VXLAN_ID = 1;
    private const int IFLA_VXLAN_GROUP = 2;
    private const int IFLA_VXLAN_LINK = 3;
    private const int IFLA_VXLAN_LOCAL = 4;
    private const int IFLA_VXLAN_TTL = 5;
    private const int IFLA_VXLAN_TOS = 6;
    private const int IFLA_VXLAN_LEARNING = 7;
    private const int IFLA_VXLAN_AGEING = 8;
    private const int IFLA_VXLAN_LIMIT = 9;
    private const int IFLA_VXLAN_PORT_RANGE = 10;
    private const int IFLA_VXLAN_PROXY = 11;
    private const int IFLA_VXLAN_RSC = 12;
    private const int IFLA_VXLAN_L2MISS = 13;
    private const int IFLA_VXLAN_L3MISS = 14;
    private const int IFLA_VXLAN_PORT = 15;
    private const int IFLA_VXLAN_GROUP6 = 16;
    private const int IFLA_VXLAN_LOCAL6 = 17;
    private const int IFLA_VXLAN_UDP_CSUM = 18;
    private const int IFLA_VXLAN_UDP_ZERO_CSUM6_TX = 19;
    private const int IFLA_VXLAN_UDP_ZERO_CSUM6_RX = 20;
    private const int IFLA_VXLAN_GBP = 23;
    private const int IFLA_VXLAN_COLLECT_METADATA = 25;
    private const int IFLA_VXLAN_LABEL = 26;
    private const int IFLA_VXLAN_DF = 29;
    private const int IFLA_VXLAN_VNIFILTER = 30;

    public override string Kind => LinkKinds.Vxlan;

    /// <summary>The VXLAN network identifier, 24 bits.</summary>
    public uint? Id { get; set; }

    /// <summary>IPv4 multicast group or remote address.</summary>
    public InetAddress? Group { get; set; }

    /// <summary>Index of the link that carries the tunnel.</summary>
    public int? Link { get; set; }

    /// <summary>IPv4 source address.</summary>
    public InetAddress? Local { get; set; }

    public byte? Ttl { get; set; }

    public byte? Tos { get; set; }

    public bool? Learning { get; set; }

    /// <summary>Seconds a learned entry lives.</summary>
    public uint? Ageing { get; set; }

    /// <summary>Most forwarding entries; 0 is no limit.</summary>
    public uint? Limit { get; set; }

    /// <summary>UDP source ports.</summary>
    public VxlanPortRange? SourcePorts { get; set; }

    /// <summary>Answers ARP for known neighbours.</summary>
    public bool? Proxy { get; set; }

    public bool? RouteShortCircuit { get; set; }

    public bool? L2Miss { get; set; }

    public bool? L3Miss { get; set; }

    /// <summary>UDP destination port.</summary>
    public ushort? Port { get; set; }

    /// <summary>IPv6 multicast group or remote address.</summary>
    public InetAddress? Group6 { get; set; }

    /// <summary>IPv6 source address.</summary>
    public InetAddress? Local6 { get; set; }

    public bool? UdpChecksum { get; set; }

    public bool? UdpZeroChecksum6Tx { get; set; }

    public bool? UdpZeroChecksum6Rx { get; set; }

    /// <summary>Group policy extension; set on creation only.</summary>
    public bool? GroupPolicy { get; set; }

    /// <summary>The tunnel of each packet is chosen elsewhere ("external").</summary>
    public bool? CollectMetadata { get; set; }

    /// <summary>IPv6 flow label.</summary>
    public uint? FlowLabel { get; set; }

    /// <summary>0 unset, 1 set, 2 inherit.</summary>
    public byte? DontFragment { get; set; }

    /// <summary>Linux 5.18</summary>
    public bool? VniFilter { get; set; }

    public override void Reset()
    {
        Id = null;
        Group = null;
        Link = null;
        Local = null;
        Ttl = null;
        Tos = null;
        Learning = null;
        Ageing = null;
        Limit = null;
        SourcePorts = null;
        Proxy = null;
        RouteShortCircuit = null;
        L2Miss = null;
        L3Miss = null;
        Port = null;
        Group6 = null;
        Local6 = null;
        UdpChecksum = null;
        UdpZeroChecksum6Tx = null;
        UdpZeroChecksum6Rx = null;
        GroupPolicy = null;
        CollectMetadata = null;
        FlowLabel = null;
        DontFragment = null;
        VniFilter = null;
    }

    public override void Decode(AttributeReader reader)
    {
        Reset();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_VXLAN_ID: Id = reader.AsUInt32(); break;
                case IFLA_VXLAN_GROUP: Group = reader.AsInet(); break;
                case IFLA_VXLAN_LINK: Link = reader.AsInt32(); break;
                case IFLA_VXLAN_LOCAL: Local = reader.AsInet(); break;
                case IFLA_VXLAN_TTL: Ttl = reader.AsByte(); break;
                case IFLA_VXLAN_TOS: Tos = reader.AsByte(); break;
                case IFLA_VXLAN_LEARNING: Learning = reader.AsBool(); break;
                case IFLA_VXLAN_AGEING: Ageing = reader.AsUInt32(); break;
                case IFLA_VXLAN_LIMIT: Limit = reader.AsUInt32(); break;
                case IFLA_VXLAN_PORT_RANGE: SourcePorts = reader.Read<VxlanPortRange>(); break;
                case IFLA_VXLAN_PROXY: Proxy = reader.AsBool(); break;
                case IFLA_VXLAN_RSC: RouteShortCircuit = reader.AsBool(); break;
                case IFLA_VXLAN_L2MISS: L2Miss = reader.AsBool(); break;
                case IFLA_VXLAN_L3MISS: L3Miss = reader.AsBool(); break;
                case IFLA_VXLAN_PORT: Port = reader.AsUInt16BigEndian(); break;
                case IFLA_VXLAN_GROUP6: Group6 = reader.AsInet(); break;
                case IFLA_VXLAN_LOCAL6: Local6 = reader.AsInet(); break;
                case IFLA_VXLAN_UDP_CSUM: UdpChecksum = reader.AsBool(); break;
                case IFLA_VXLAN_UDP_ZERO_CSUM6_TX: UdpZeroChecksum6Tx = reader.AsBool(); break;
                case IFLA_VXLAN_UDP_ZERO_CSUM6_RX: UdpZeroChecksum6Rx = reader.AsBool(); break;
                case IFLA_VXLAN_GBP: GroupPolicy = true; break;
                case IFLA_VXLAN_COLLECT_METADATA: CollectMetadata = reader.AsBool(); break;
                case IFLA_VXLAN_LABEL: FlowLabel = reader.AsUInt32BigEndian(); break;
                case IFLA_VXLAN_DF: DontFragment = reader.AsByte(); break;
                case IFLA_VXLAN_VNIFILTER: VniFilter = reader.AsBool(); break;
            }
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
        writer.WriteUInt32(IFLA_VXLAN_ID, Id);
        writer.WriteInet(IFLA_VXLAN_GROUP, Group);
        writer.WriteInt32(IFLA_VXLAN_LINK, Link);
        writer.WriteInet(IFLA_VXLAN_LOCAL, Local);
        writer.WriteByte(IFLA_VXLAN_TTL, Ttl);
        writer.WriteByte(IFLA_VXLAN_TOS, Tos);
        writer.WriteBool(IFLA_VXLAN_LEARNING, Learning);
        writer.WriteUInt32(IFLA_VXLAN_AGEING, Ageing);
        writer.WriteUInt32(IFLA_VXLAN_LIMIT, Limit);
        if (SourcePorts is { } sourcePorts)
            writer.WriteAttribute(IFLA_VXLAN_PORT_RANGE, sourcePorts);
        writer.WriteBool(IFLA_VXLAN_PROXY, Proxy);
        writer.WriteBool(IFLA_VXLAN_RSC, RouteShortCircuit);
        writer.WriteBool(IFLA_VXLAN_L2MISS, L2Miss);
        writer.WriteBool(IFLA_VXLAN_L3MISS, L3Miss);
        writer.WriteUInt16BigEndian(IFLA_VXLAN_PORT, Port);
        writer.WriteInet(IFLA_VXLAN_GROUP6, Group6);
        writer.WriteInet(IFLA_VXLAN_LOCAL6, Local6);
        writer.WriteBool(IFLA_VXLAN_UDP_CSUM, UdpChecksum);
        writer.WriteBool(IFLA_VXLAN_UDP_ZERO_CSUM6_TX, UdpZeroChecksum6Tx);
        writer.WriteBool(IFLA_VXLAN_UDP_ZERO_CSUM6_RX, UdpZeroChecksum6Rx);
        writer.WriteFlag(IFLA_VXLAN_GBP, GroupPolicy);
        writer.WriteBool(IFLA_VXLAN_COLLECT_METADATA, CollectMetadata);
        writer.WriteUInt32BigEndian(IFLA_VXLAN_LABEL, FlowLabel);
        writer.WriteByte(IFLA_VXLAN_DF, DontFragment);
        writer.WriteBool(IFLA_VXLAN_VNIFILTER, VniFilter);
    }
}
