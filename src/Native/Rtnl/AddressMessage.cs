using System.Runtime.InteropServices;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>An address of a link: RTM_NEWADDR, RTM_DELADDR (struct ifaddrmsg and IFA_… of linux/if_addr.h).</summary>
public sealed class AddressMessage : INetlinkMessage
{
    private const int IFA_ADDRESS = 1;
    private const int IFA_LOCAL = 2;
    private const int IFA_LABEL = 3;
    private const int IFA_BROADCAST = 4;
    private const int IFA_CACHEINFO = 6;
    private const int IFA_FLAGS = 8;
    private const int IFA_RT_PRIORITY = 9;
    private const int IFA_PROTO = 11;

    public AddressFamily Family { get; set; }

    public byte PrefixLength { get; set; }

    public RouteScope Scope { get; set; }

    /// <summary>The link that has it.</summary>
    public int Index { get; set; }

    public InterfaceAddressFlags Flags { get; set; }

    /// <summary>The address; on a point-to-point link, the peer's, and <see cref="Local"/> is the own one.</summary>
    public InetAddress? Address { get; set; }

    /// <summary>The own address; IPv4 always has it, IPv6 on point-to-point links only.</summary>
    public InetAddress? Local { get; set; }

    /// <summary>IPv4 only: "eth0" or "eth0:1".</summary>
    public string? Label { get; set; }

    public InetAddress? Broadcast { get; set; }

    /// <summary>Metric of the route to the prefix.</summary>
    public uint? RoutePriority { get; set; }

    /// <summary>Who added it, IFAPROT_…; Linux 5.18.</summary>
    public byte? Protocol { get; set; }

    /// <summary>Lifetimes; null in a request is for ever.</summary>
    public AddressLifetime? Lifetime { get; set; }

    /// <summary>The address this link has: <see cref="Local"/>, or <see cref="Address"/> where there is no local one.</summary>
    public InetAddress? Own => Local ?? Address;

    /// <summary>A request for an ordinary address: "192.0.2.1" with 24 on link 3.</summary>
    public static AddressMessage For(int index, InetAddress address, byte prefixLength) => new()
    {
        Family = address.Family,
        Index = index,
        PrefixLength = prefixLength,
        Address = address,
        Local = address,
    };

    public void Reset()
    {
        Family = AddressFamily.Unspecified;
        PrefixLength = 0;
        Scope = RouteScope.Universe;
        Index = 0;
        Flags = InterfaceAddressFlags.None;
        Address = null;
        Local = null;
        Label = null;
        Broadcast = null;
        RoutePriority = null;
        Protocol = null;
        Lifetime = null;
    }

    public void Decode(ReadOnlySpan<byte> payload)
    {
        var label = Label;
        Reset();
        if (payload.Length < IfAddrMsg.Size)
            throw NetlinkException.Malformed(MessageHeader.Size, $"an address message carries {payload.Length} bytes where at least {IfAddrMsg.Size} were expected");
        var header = MemoryMarshal.Read<IfAddrMsg>(payload);
        Family = header.Family;
        PrefixLength = header.PrefixLength;
        Flags = (InterfaceAddressFlags)header.Flags;
        Scope = header.Scope;
        Index = header.Index;

        var reader = new AttributeReader(payload[IfAddrMsg.Size..], MessageHeader.Size + IfAddrMsg.Size);
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFA_ADDRESS: Address = reader.AsInet(); break;
                case IFA_LOCAL: Local = reader.AsInet(); break;
                case IFA_LABEL: Label = reader.AsString(label); break;
                case IFA_BROADCAST: Broadcast = reader.AsInet(); break;
                case IFA_CACHEINFO: Lifetime = reader.Read<AddressLifetime>(); break;
                case IFA_FLAGS: Flags = (InterfaceAddressFlags)reader.AsUInt32(); break;
                case IFA_RT_PRIORITY: RoutePriority = reader.AsUInt32(); break;
                case IFA_PROTO: Protocol = reader.AsByte(); break;
            }
        }
    }

    public void Encode(NetlinkWriter writer)
    {
        writer.WriteStruct(new IfAddrMsg { Family = Family, PrefixLength = PrefixLength, Flags = (byte)Flags, Scope = Scope, Index = Index });
        writer.WriteInet(IFA_ADDRESS, Address);
        writer.WriteInet(IFA_LOCAL, Local);
        writer.WriteString(IFA_LABEL, Label);
        writer.WriteInet(IFA_BROADCAST, Broadcast);
        // The header has room for the first eight flags only.
        if (((uint)Flags & ~0xffu) != 0)
            writer.WriteUInt32(IFA_FLAGS, (uint)Flags);
        writer.WriteUInt32(IFA_RT_PRIORITY, RoutePriority);
        writer.WriteByte(IFA_PROTO, Protocol);
        if (Lifetime is { } lifetime)
            writer.WriteAttribute(IFA_CACHEINFO, lifetime);
    }

    public override string ToString() => $"{Own?.ToString() ?? "no address"}/{PrefixLength} on link {Index}";

    /// <summary>struct ifaddrmsg</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IfAddrMsg
    {
        public const int Size = 8;

        public AddressFamily Family;
        public byte PrefixLength;
        public byte Flags;
        public RouteScope Scope;
        public int Index;
    }
}
