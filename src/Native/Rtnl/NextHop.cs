using System.Runtime.InteropServices;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>One way of a multipath route: struct rtnexthop. <paramref name="Weight"/> is from 1 to 256.</summary>
public readonly record struct NextHop(int Index, InetAddress? Gateway, ushort Weight = 1, RouteFlags Flags = RouteFlags.None)
{
    private const int RTA_GATEWAY = 5;
    private const int RTA_VIA = 18;

    internal static void DecodeAll(ReadOnlySpan<byte> data, int offset, List<NextHop> hops)
    {
        while (data.Length > 0)
        {
            if (data.Length < RtNextHop.Size)
                throw NetlinkException.Malformed(offset, $"{data.Length} bytes are left where a next hop of at least {RtNextHop.Size} was expected");
            var header = MemoryMarshal.Read<RtNextHop>(data);
            if (header.Length < RtNextHop.Size || header.Length > data.Length)
                throw NetlinkException.Malformed(offset, $"a next hop says it is {header.Length} bytes long, where {RtNextHop.Size} to {data.Length} are possible");

            InetAddress? gateway = null;
            var reader = new AttributeReader(data[RtNextHop.Size..header.Length], offset + RtNextHop.Size);
            while (reader.Next())
            {
                switch (reader.Type)
                {
                    case RTA_GATEWAY: gateway = reader.AsInet(); break;
                    case RTA_VIA: gateway = RouteMessage.DecodeVia(reader); break;
                }
            }

            hops.Add(new NextHop(header.Index, gateway, (ushort)(header.Hops + 1), (RouteFlags)header.Flags));
            var step = Math.Min((header.Length + 3) & ~3, data.Length);
            data = data[step..];
            offset += step;
        }
    }

    internal void Encode(NetlinkWriter writer, AddressFamily family)
    {
        if (Weight is 0 or > 256)
            throw new ArgumentException($"A next hop's weight of {Weight}: expected 1 to 256.");
        var start = writer.Length;
        writer.WriteStruct(new RtNextHop { Flags = (byte)Flags, Hops = (byte)(Weight - 1), Index = Index });
        RouteMessage.EncodeGateway(writer, family, Gateway);
        writer.PatchUInt16(start, (ushort)(writer.Length - start));
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct RtNextHop
    {
        public const int Size = 8;

        public ushort Length;
        public byte Flags;
        public byte Hops;
        public int Index;
    }
}
