using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NodeAgent.Network.Model;

/// <summary>An IP address with its prefix length, written 10.0.0.1/24.</summary>
public readonly record struct IpCidr(IPAddress Address, int PrefixLength)
{
    public bool IsIpv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>A single host's address (/32 or /128), as VIP managers add them.</summary>
    public bool IsHost => PrefixLength == (IsIpv6 ? 128 : 32);

    /// <summary>The prefix alone: the bits of the host are zero.</summary>
    public IpCidr Network
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Address.TryWriteBytes(bytes, out var length);
            for (var bit = PrefixLength; bit < length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
            return new IpCidr(new IPAddress(bytes[..length]), PrefixLength);
        }
    }

    public static bool TryParse(string text, out IpCidr cidr)
    {
        cidr = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpText.TryParse(slash < 0 ? text : text[..slash], out var address)) return false;
        var max = address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32;
        var length = max;
        if (slash >= 0 && !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length)) return false;
        if (length > max) return false;
        cidr = new IpCidr(address, length);
        return true;
    }

    /// <summary>True where the address lies in this prefix.</summary>
    public bool Covers(IPAddress address)
    {
        if (address.AddressFamily != Address.AddressFamily) return false;
        Span<byte> mine = stackalloc byte[16], other = stackalloc byte[16];
        Address.TryWriteBytes(mine, out _);
        address.TryWriteBytes(other, out _);
        for (var bit = 0; bit < PrefixLength; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) return false;
        }

        return true;
    }

    public override string ToString() => $"{Address}/{PrefixLength}";
}
