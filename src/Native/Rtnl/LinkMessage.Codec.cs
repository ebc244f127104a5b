using System.Runtime.InteropServices;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Native.Rtnl;

public sealed partial class LinkMessage : INetlinkMessage
{
    private const int IFLA_ADDRESS = 1;
    private const int IFLA_BROADCAST = 2;
    private const int IFLA_IFNAME = 3;
    private const int IFLA_MTU = 4;
    private const int IFLA_LINK = 5;
    private const int IFLA_MASTER = 10;
    private const int IFLA_TXQLEN = 13;
    private const int IFLA_OPERSTATE = 16;
    private const int IFLA_LINKMODE = 17;
    private const int IFLA_IFALIAS = 20;
    private const int IFLA_GROUP = 27;
    private const int IFLA_NET_NS_FD = 28;
    private const int IFLA_PROMISCUITY = 30;
    private const int IFLA_NUM_TX_QUEUES = 31;
    private const int IFLA_NUM_RX_QUEUES = 32;
    private const int IFLA_CARRIER = 33;
    private const int IFLA_CARRIER_CHANGES = 35;
    private const int IFLA_LINK_NETNSID = 37;
    private const int IFLA_PROTO_DOWN = 39;
    private const int IFLA_CARRIER_UP_COUNT = 47;
    private const int IFLA_CARRIER_DOWN_COUNT = 48;
    private const int IFLA_MIN_MTU = 50;
    private const int IFLA_MAX_MTU = 51;
    private const int IFLA_PERM_ADDRESS = 54;
    private const int IFLA_PARENT_DEV_NAME = 56;
    private const int IFLA_PARENT_DEV_BUS_NAME = 57;
    private const int IFLA_ALLMULTI = 61;
    private const int IFLA_PROTINFO = 12;
    private const int IFLA_LINKINFO = 18;
    private const int IFLA_STATS64 = 23;
    private const int IFLA_AF_SPEC = 26;
    private const int IFLA_PROP_LIST = 52;
    private const int IFLA_ALT_IFNAME = 53;
    private const int IFLA_INFO_KIND = 1;
    private const int IFLA_INFO_DATA = 2;
    private const int IFLA_INFO_SLAVE_KIND = 4;
    private const int IFLA_INFO_SLAVE_DATA = 5;

    public void Decode(ReadOnlySpan<byte> payload) => Decode(payload, MessageHeader.Size, withKind: true);

    /// <summary>A peer inside a veth's description: without a kind of its own, so that messages cannot nest without end.</summary>
    internal void DecodePeer(ReadOnlySpan<byte> payload, int offset) => Decode(payload, offset, withKind: false);

    private void Decode(ReadOnlySpan<byte> payload, int offset, bool withKind)
    {
        var known = new Reusable(this);
        Reset();
        if (payload.Length < IfInfoMsg.Size)
            throw NetlinkException.Malformed(offset, $"a link message carries {payload.Length} bytes where at least {IfInfoMsg.Size} were expected");
        var header = MemoryMarshal.Read<IfInfoMsg>(payload);
        Family = header.Family;
        HardwareType = header.Type;
        Index = header.Index;
        Flags = header.Flags;
        Change = header.Change;

        var reader = new AttributeReader(payload[IfInfoMsg.Size..], offset + IfInfoMsg.Size);
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_ADDRESS: Address = reader.AsMac(); break;
                case IFLA_BROADCAST: BroadcastAddress = reader.AsMac(); break;
                case IFLA_IFNAME: Name = reader.AsString(known.Name); break;
                case IFLA_MTU: Mtu = reader.AsUInt32(); break;
                case IFLA_LINK: Link = reader.AsInt32(); break;
                case IFLA_MASTER: Master = reader.AsInt32(); break;
                case IFLA_TXQLEN: TxQueueLength = reader.AsUInt32(); break;
                case IFLA_OPERSTATE: OperState = (OperState)reader.AsByte(); break;
                case IFLA_LINKMODE: LinkMode = reader.AsByte(); break;
                case IFLA_IFALIAS: Alias = reader.AsString(known.Alias); break;
                case IFLA_GROUP: Group = reader.AsUInt32(); break;
                case IFLA_PROMISCUITY: Promiscuity = reader.AsUInt32(); break;
                case IFLA_ALLMULTI: AllMulticast = reader.AsUInt32(); break;
                case IFLA_NUM_TX_QUEUES: TxQueues = reader.AsUInt32(); break;
                case IFLA_NUM_RX_QUEUES: RxQueues = reader.AsUInt32(); break;
                case IFLA_CARRIER: Carrier = reader.AsBool(); break;
                case IFLA_CARRIER_CHANGES: CarrierChanges = reader.AsUInt32(); break;
                case IFLA_LINK_NETNSID: LinkNetnsId = reader.AsInt32(); break;
                case IFLA_PROTO_DOWN: ProtocolDown = reader.AsBool(); break;
                case IFLA_CARRIER_UP_COUNT: CarrierUpCount = reader.AsUInt32(); break;
                case IFLA_CARRIER_DOWN_COUNT: CarrierDownCount = reader.AsUInt32(); break;
                case IFLA_MIN_MTU: MinMtu = reader.AsUInt32(); break;
                case IFLA_MAX_MTU: MaxMtu = reader.AsUInt32(); break;
                case IFLA_PERM_ADDRESS: PermanentAddress = reader.AsMac(); break;
                case IFLA_PARENT_DEV_NAME: ParentDevice = reader.AsString(known.ParentDevice); break;
                case IFLA_PARENT_DEV_BUS_NAME: ParentBus = reader.AsString(known.ParentBus); break;
                case IFLA_STATS64:
                    LinkStatistics.Read(reader.AtLeast(LinkStatistics.MinimumLength), out var statistics);
                    Statistics = statistics;
                    break;
                case IFLA_LINKINFO when withKind: DecodeLinkInfo(reader.AsNested(), known); break;
                case IFLA_PROP_LIST: DecodeAlternativeNames(reader.AsNested(), known.AlternativeNames); break;
                case IFLA_PROTINFO when Family == AddressFamily.Bridge:
                    var port = known.PortData as BridgePort ?? new BridgePort();
                    port.Decode(reader.AsNested());
                    PortData = port;
                    break;
                case IFLA_AF_SPEC when Family == AddressFamily.Bridge:
                    BridgeVlans = known.BridgeVlans ?? [];
                    BridgeVlans.Clear();
                    BridgeVlan.Decode(reader.AsNested(), BridgeVlans);
                    break;
            }
        }
    }

    public void Encode(NetlinkWriter writer)
    {
        writer.WriteStruct(new IfInfoMsg { Family = Family, Type = HardwareType, Index = Index, Flags = Flags, Change = Change });
        writer.WriteMac(IFLA_ADDRESS, Address);
        writer.WriteMac(IFLA_BROADCAST, BroadcastAddress);
        writer.WriteString(IFLA_IFNAME, Name);
        writer.WriteUInt32(IFLA_MTU, Mtu);
        writer.WriteInt32(IFLA_LINK, Link);
        writer.WriteInt32(IFLA_MASTER, Master);
        writer.WriteUInt32(IFLA_TXQLEN, TxQueueLength);
        writer.WriteByte(IFLA_OPERSTATE, (byte?)OperState);
        writer.WriteByte(IFLA_LINKMODE, LinkMode);
        writer.WriteString(IFLA_IFALIAS, Alias);
        writer.WriteUInt32(IFLA_GROUP, Group);
        writer.WriteInt32(IFLA_NET_NS_FD, NetnsFd);
        writer.WriteUInt32(IFLA_PROMISCUITY, Promiscuity);
        writer.WriteUInt32(IFLA_NUM_TX_QUEUES, TxQueues);
        writer.WriteUInt32(IFLA_NUM_RX_QUEUES, RxQueues);
        writer.WriteBool(IFLA_CARRIER, Carrier);
        writer.WriteUInt32(IFLA_CARRIER_CHANGES, CarrierChanges);
        writer.WriteInt32(IFLA_LINK_NETNSID, LinkNetnsId);
        writer.WriteBool(IFLA_PROTO_DOWN, ProtocolDown);
        writer.WriteUInt32(IFLA_CARRIER_UP_COUNT, CarrierUpCount);
        writer.WriteUInt32(IFLA_CARRIER_DOWN_COUNT, CarrierDownCount);
        writer.WriteUInt32(IFLA_MIN_MTU, MinMtu);
        writer.WriteUInt32(IFLA_MAX_MTU, MaxMtu);
        writer.WriteMac(IFLA_PERM_ADDRESS, PermanentAddress);
        writer.WriteString(IFLA_PARENT_DEV_NAME, ParentDevice);
        writer.WriteString(IFLA_PARENT_DEV_BUS_NAME, ParentBus);
        writer.WriteUInt32(IFLA_ALLMULTI, AllMulticast);
        if (Statistics is { } statistics)
            writer.WriteAttribute(IFLA_STATS64, statistics);
        EncodeAlternativeNames(writer);
        if (Family == AddressFamily.Bridge)
            EncodeBridgePort(writer);
        else
            EncodeLinkInfo(writer);
    }

    /// <summary>The kind's name may come after what depends on it, so the parts are found first.</summary>
    private void DecodeLinkInfo(AttributeReader reader, in Reusable known)
    {
        AttributeReader data = default, portData = default;
        bool hasData = false, hasPortData = false;
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_INFO_KIND: Kind = LinkKinds.Intern(reader.AsText(), known.Kind); break;
                case IFLA_INFO_SLAVE_KIND: PortKind = LinkKinds.Intern(reader.AsText(), known.PortKind); break;
                case IFLA_INFO_DATA:
                    data = reader.AsNested();
                    hasData = true;
                    break;
                case IFLA_INFO_SLAVE_DATA:
                    portData = reader.AsNested();
                    hasPortData = true;
                    break;
            }
        }

        if (hasData && (Data = LinkKinds.DataFor(Kind, known.Data)) is not null)
            Data.Decode(data);
        if (hasPortData && (PortData = LinkKinds.PortDataFor(PortKind, known.PortData)) is not null)
            PortData.Decode(portData);
    }

    private void DecodeAlternativeNames(AttributeReader reader, List<string>? known)
    {
        var names = known ?? [];
        var count = 0;
        while (reader.Next())
        {
            if (reader.Type != IFLA_ALT_IFNAME)
                continue;
            if (count < names.Count)
                names[count] = reader.AsString(names[count]);
            else
                names.Add(reader.AsString());
            count++;
        }

        names.RemoveRange(count, names.Count - count);
        AlternativeNames = names;
    }

    private void EncodeLinkInfo(NetlinkWriter writer)
    {
        var kind = Kind ?? Data?.Kind;
        var portKind = PortKind ?? PortData?.Kind;
        if (kind is null && portKind is null)
            return;
        var info = writer.BeginNested(IFLA_LINKINFO);
        writer.WriteString(IFLA_INFO_KIND, kind);
        EncodePart(writer, IFLA_INFO_DATA, Data);
        writer.WriteString(IFLA_INFO_SLAVE_KIND, portKind);
        EncodePart(writer, IFLA_INFO_SLAVE_DATA, PortData);
        writer.EndNested(info);
    }

    private static void EncodePart(NetlinkWriter writer, int type, LinkData? data)
    {
        if (data is null)
            return;
        var nested = writer.BeginNested(type);
        data.Encode(writer);
        writer.EndNested(nested);
    }

    private void EncodeAlternativeNames(NetlinkWriter writer)
    {
        if (AlternativeNames is null)
            return;
        var list = writer.BeginNested(IFLA_PROP_LIST);
        foreach (var name in AlternativeNames)
            writer.WriteString(IFLA_ALT_IFNAME, name);
        writer.EndNested(list);
    }

    private void EncodeBridgePort(NetlinkWriter writer)
    {
        EncodePart(writer, IFLA_PROTINFO, PortData);
        if (BridgeVlans is null)
            return;
        var spec = writer.BeginNested(IFLA_AF_SPEC);
        foreach (var vlan in BridgeVlans)
            vlan.Encode(writer);
        writer.EndNested(spec);
    }

    /// <summary>What an earlier decode left behind and this one may use again.</summary>
    private readonly struct Reusable(LinkMessage link)
    {
        public readonly string? Name = link.Name;
        public readonly string? Alias = link.Alias;
        public readonly string? ParentDevice = link.ParentDevice;
        public readonly string? ParentBus = link.ParentBus;
        public readonly string? Kind = link.Kind;
        public readonly string? PortKind = link.PortKind;
        public readonly LinkData? Data = link.Data;
        public readonly LinkData? PortData = link.PortData;
        public readonly List<string>? AlternativeNames = link.AlternativeNames;
        public readonly List<BridgeVlan>? BridgeVlans = link.BridgeVlans;
    }
}
