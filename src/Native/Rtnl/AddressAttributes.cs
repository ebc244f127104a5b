using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>Link-layer and IP addresses as attribute values.</summary>
internal static class AddressAttributes
{
    internal static MacAddress? AsMac(this in AttributeReader reader) => MacAddress.FromBytes(reader.Value);

    /// <summary>4 or 16 bytes; anything else is malformed.</summary>
    internal static InetAddress AsInet(this in AttributeReader reader) =>
        InetAddress.FromBytes(reader.Value) ?? throw NetlinkException.Malformed(
            reader.Offset, $"attribute {reader.Type} carries {reader.Value.Length} bytes where an IPv4 (4) or IPv6 (16) address was expected");

    internal static void WriteMac(this NetlinkWriter writer, int type, MacAddress? value)
    {
        if (value is { } mac)
            mac.CopyTo(writer.Attribute(type, MacAddress.Length));
    }

    internal static void WriteInet(this NetlinkWriter writer, int type, InetAddress? value)
    {
        if (value is { Length: > 0 } address)
            address.CopyTo(writer.Attribute(type, address.Length));
    }
}
