using System.Runtime.InteropServices;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>
/// A neighbour (ARP, ND) or, with family <see cref="AddressFamily.Bridge"/>, an entry of a forwarding database:
/// RTM_NEWNEIGH, RTM_DELNEIGH (struct ndmsg and NDA_… of linux/neighbour.h).
/// </summary>
public sealed class NeighbourMessage : INetlinkMessage
{
    private const int NDA_DST = 1;
    private const int NDA_LLADDR = 2;
    private const int NDA_CACHEINFO = 3;
    private const int NDA_PROBES = 4;
    private const int NDA_VLAN = 5;
    private const int NDA_PORT = 6;
    private const int NDA_VNI = 7;
    private const int NDA_IFINDEX = 8;
    private const int NDA_MASTER = 9;
    private const int NDA_PROTOCOL = 12;
    private const int NDA_FLAGS_EXT = 15;

    public AddressFamily Family { get; set; }

    /// <summary>The link; of a forwarding entry, the port.</summary>
    public int Index { get; set; }

    public NeighbourState State { get; set; }

    public NeighbourFlags Flags { get; set; }

    /// <summary>As of routes: 1 unicast.</summary>
    public RouteType Type { get; set; }

    /// <summary>The neighbour's IP address; of a VXLAN's forwarding entry, the remote endpoint.</summary>
    public InetAddress? Destination { get; set; }

    public MacAddress? LinkAddress { get; set; }

    public uint? Probes { get; set; }

    public ushort? Vlan { get; set; }

    /// <summary>UDP port of a VXLAN's remote endpoint.</summary>
    public ushort? Port { get; set; }

    public uint? Vni { get; set; }

    /// <summary>Link towards a VXLAN's remote endpoint.</summary>
    public int? ViaLink { get; set; }

    /// <summary>The bridge whose database it is in.</summary>
    public int? Master { get; set; }

    public RouteProtocol? Protocol { get; set; }

    public uint? ExtendedFlags { get; set; }

    public NeighbourAge? Age { get; set; }

    public void Reset()
    {
        (Family, Index, State, Flags, Type) = (AddressFamily.Unspecified, 0, NeighbourState.None, NeighbourFlags.None, RouteType.Unspecified);
        (Destination, LinkAddress, Probes, Vlan, Port) = (null, null, null, null, null);
        (Vni, ViaLink, Master, Protocol, ExtendedFlags, Age) = (null, null, null, null, null, null);
    }

    public void Decode(ReadOnlySpan<byte> payload)
    {
        Reset();
        if (payload.Length < NdMsg.Size)
            throw NetlinkException.Malformed(MessageHeader.Size, $"a neighbour message carries {payload.Length} bytes where at least {NdMsg.Size} were expected");
        var header = MemoryMarshal.Read<NdMsg>(payload);
        (Family, Index, State, Flags, Type) = (header.Family, header.Index, header.State, header.Flags, header.Type);

        var reader = new AttributeReader(payload[NdMsg.Size..], MessageHeader.Size + NdMsg.Size);
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case NDA_DST: Destination = InetAddress.FromBytes(reader.Value); break;
                case NDA_LLADDR: LinkAddress = reader.AsMac(); break;
                case NDA_CACHEINFO: Age = reader.Read<NeighbourAge>(); break;
                case NDA_PROBES: Probes = reader.AsUInt32(); break;
                case NDA_VLAN: Vlan = reader.AsUInt16(); break;
                case NDA_PORT: Port = reader.AsUInt16BigEndian(); break;
                case NDA_VNI: Vni = reader.AsUInt32(); break;
                case NDA_IFINDEX: ViaLink = reader.AsInt32(); break;
                case NDA_MASTER: Master = reader.AsInt32(); break;
                case NDA_PROTOCOL: Protocol = (RouteProtocol)reader.AsByte(); break;
                case NDA_FLAGS_EXT: ExtendedFlags = reader.AsUInt32(); break;
            }
        }
    }

    public void Encode(NetlinkWriter writer)
    {
        writer.WriteStruct(new NdMsg { Family = Family, Index = Index, State = State, Flags = Flags, Type = Type });
        writer.WriteInet(NDA_DST, Destination);
        writer.WriteMac(NDA_LLADDR, LinkAddress);
        if (Age is { } age)
            writer.WriteAttribute(NDA_CACHEINFO, age);
        writer.WriteUInt32(NDA_PROBES, Probes);
        writer.WriteUInt16(NDA_VLAN, Vlan);
        writer.WriteUInt16BigEndian(NDA_PORT, Port);
        writer.WriteUInt32(NDA_VNI, Vni);
        writer.WriteInt32(NDA_IFINDEX, ViaLink);
        writer.WriteInt32(NDA_MASTER, Master);
        writer.WriteByte(NDA_PROTOCOL, (byte?)Protocol);
        writer.WriteUInt32(NDA_FLAGS_EXT, ExtendedFlags);
    }

    public override string ToString() => $"{Destination?.ToString() ?? "any"} {LinkAddress?.ToString() ?? "no address"} on link {Index} {State}";

    /// <summary>struct ndmsg</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NdMsg
    {
        public const int Size = 12;

        public AddressFamily Family;
        public byte Pad1;
        public ushort Pad2;
        public int Index;
        public NeighbourState State;
        public NeighbourFlags Flags;
        public RouteType Type;
    }
}
