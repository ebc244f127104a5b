using System.Runtime.InteropServices;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>A route: RTM_NEWROUTE, RTM_DELROUTE, RTM_GETROUTE (struct rtmsg and RTA_… of linux/rtnetlink.h).</summary>
public sealed class RouteMessage : INetlinkMessage
{
    private const int RTA_DST = 1;
    private const int RTA_SRC = 2;
    private const int RTA_IIF = 3;
    private const int RTA_OIF = 4;
    private const int RTA_GATEWAY = 5;
    private const int RTA_PRIORITY = 6;
    private const int RTA_PREFSRC = 7;
    private const int RTA_METRICS = 8;
    private const int RTA_MULTIPATH = 9;
    private const int RTA_TABLE = 15;
    private const int RTA_MARK = 16;
    private const int RTA_VIA = 18;
    private const int RTA_PREF = 20;
    private const int RTA_NH_ID = 30;

    public AddressFamily Family { get; set; }

    /// <summary>Bits of <see cref="Destination"/> that count; 0 without a destination is the default route.</summary>
    public byte DestinationLength { get; set; }

    public byte SourceLength { get; set; }

    public byte TypeOfService { get; set; }

    /// <summary><see cref="RouteTable"/> or any other number.</summary>
    public uint Table { get; set; }

    public RouteProtocol Protocol { get; set; }

    public RouteScope Scope { get; set; }

    public RouteType Type { get; set; }

    public RouteFlags Flags { get; set; }

    public InetAddress? Destination { get; set; }

    public InetAddress? Source { get; set; }

    /// <summary>May be of the other family: IPv4 by an IPv6 neighbour (RTA_VIA).</summary>
    public InetAddress? Gateway { get; set; }

    /// <summary>Index of the link it leaves by.</summary>
    public int? OutputLink { get; set; }

    public int? InputLink { get; set; }

    /// <summary>The metric: lower wins. IPv6 makes 1024 of 0.</summary>
    public uint? Priority { get; set; }

    public InetAddress? PreferredSource { get; set; }

    public RouteMetrics? Metrics { get; set; }

    public uint? Mark { get; set; }

    /// <summary>IPv6 router preference: 0 medium, 1 high, 3 low.</summary>
    public byte? Preference { get; set; }

    public uint? NextHopId { get; set; }

    /// <summary>More than one way; null for an ordinary route.</summary>
    public List<NextHop>? NextHops { get; set; }

    public bool IsDefault => DestinationLength == 0 && Type == RouteType.Unicast;

    public void Reset()
    {
        Family = AddressFamily.Unspecified;
        (DestinationLength, SourceLength, TypeOfService, Table) = (0, 0, 0, 0);
        (Protocol, Scope, Type, Flags) = (RouteProtocol.Unspecified, RouteScope.Universe, RouteType.Unspecified, RouteFlags.None);
        (Destination, Source, Gateway, PreferredSource) = (null, null, null, null);
        (OutputLink, InputLink, Priority, Metrics) = (null, null, null, null);
        (Mark, Preference, NextHopId, NextHops) = (null, null, null, null);
    }

    public void Decode(ReadOnlySpan<byte> payload)
    {
        var knownHops = NextHops;
        Reset();
        if (payload.Length < RtMsg.Size)
            throw NetlinkException.Malformed(MessageHeader.Size, $"a route message carries {payload.Length} bytes where at least {RtMsg.Size} were expected");
        var header = MemoryMarshal.Read<RtMsg>(payload);
        (Family, DestinationLength, SourceLength, TypeOfService) = (header.Family, header.DestinationLength, header.SourceLength, header.TypeOfService);
        (Table, Protocol, Scope, Type, Flags) = (header.Table, header.Protocol, header.Scope, header.Type, header.Flags);

        var reader = new AttributeReader(payload[RtMsg.Size..], MessageHeader.Size + RtMsg.Size);
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case RTA_DST: Destination = reader.AsInet(); break;
                case RTA_SRC: Source = reader.AsInet(); break;
                case RTA_IIF: InputLink = reader.AsInt32(); break;
                case RTA_OIF: OutputLink = reader.AsInt32(); break;
                case RTA_GATEWAY: Gateway = reader.AsInet(); break;
                case RTA_VIA: Gateway = DecodeVia(reader); break;
                case RTA_PRIORITY: Priority = reader.AsUInt32(); break;
                case RTA_PREFSRC: PreferredSource = reader.AsInet(); break;
                case RTA_METRICS: Metrics = RouteMetrics.Decode(reader.AsNested()); break;
                case RTA_TABLE: Table = reader.AsUInt32(); break;
                case RTA_MARK: Mark = reader.AsUInt32(); break;
                case RTA_PREF: Preference = reader.AsByte(); break;
                case RTA_NH_ID: NextHopId = reader.AsUInt32(); break;
                case RTA_MULTIPATH:
                    NextHops = knownHops ?? [];
                    NextHops.Clear();
                    NextHop.DecodeAll(reader.Value, reader.Offset + AttributeReader.HeaderLength, NextHops);
                    break;
            }
        }
    }

    public void Encode(NetlinkWriter writer)
    {
        writer.WriteStruct(new RtMsg
        {
            Family = Family,
            DestinationLength = DestinationLength,
            SourceLength = SourceLength,
            TypeOfService = TypeOfService,
            // Tables above 255 do not fit: RT_TABLE_COMPAT, and the attribute counts.
            Table = Table > byte.MaxValue ? (byte)252 : (byte)Table,
            Protocol = Protocol,
            Scope = Scope,
            Type = Type,
            Flags = Flags,
        });
        writer.WriteInet(RTA_DST, Destination);
        writer.WriteInet(RTA_SRC, Source);
        writer.WriteInt32(RTA_IIF, InputLink);
        writer.WriteInt32(RTA_OIF, OutputLink);
        EncodeGateway(writer, Family, Gateway);
        writer.WriteUInt32(RTA_PRIORITY, Priority);
        writer.WriteInet(RTA_PREFSRC, PreferredSource);
        Metrics?.Encode(writer, RTA_METRICS);
        if (Table > byte.MaxValue)
            writer.WriteUInt32(RTA_TABLE, Table);
        writer.WriteUInt32(RTA_MARK, Mark);
        writer.WriteByte(RTA_PREF, Preference);
        writer.WriteUInt32(RTA_NH_ID, NextHopId);
        EncodeNextHops(writer);
    }

    /// <summary>struct rtvia: the family, then the address.</summary>
    internal static InetAddress DecodeVia(in AttributeReader reader) =>
        InetAddress.FromBytes(reader.AtLeast(2)[2..]) ?? throw NetlinkException.Malformed(
            reader.Offset, $"attribute {reader.Type} carries {reader.Value.Length} bytes where a family and an IPv4 (6) or IPv6 (18) address were expected");

    internal static void EncodeGateway(NetlinkWriter writer, AddressFamily family, InetAddress? gateway)
    {
        if (gateway is not { Length: > 0 } address)
            return;
        if (address.Family == family)
        {
            writer.WriteInet(RTA_GATEWAY, address);
            return;
        }

        var via = writer.Attribute(RTA_VIA, 2 + address.Length);
        MemoryMarshal.Write(via, (ushort)address.Family);
        address.CopyTo(via[2..]);
    }

    private void EncodeNextHops(NetlinkWriter writer)
    {
        if (NextHops is null)
            return;
        var multipath = writer.BeginNested(RTA_MULTIPATH);
        foreach (var hop in NextHops)
            hop.Encode(writer, Family);
        writer.EndNested(multipath);
    }

    public override string ToString()
    {
        var to = Destination is { } destination ? $"{destination}/{DestinationLength}" : "default";
        var via = Gateway is { } gateway ? $" via {gateway}" : "";
        return $"{to}{via}{(OutputLink is { } link ? $" on link {link}" : "")} table {Table}";
    }

    /// <summary>struct rtmsg</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct RtMsg
    {
        public const int Size = 12;

        public AddressFamily Family;
        public byte DestinationLength;
        public byte SourceLength;
        public byte TypeOfService;
        public byte Table;
        public RouteProtocol Protocol;
        public RouteScope Scope;
        public RouteType Type;
        public RouteFlags Flags;
    }
}
