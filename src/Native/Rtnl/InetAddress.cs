using System.Buffers.Binary;
using System.Net;

namespace NodeAgent.Native.Rtnl;

/// <summary>An IPv4 or IPv6 address as a value, so that decoding allocates nothing; 16 bytes and the family.</summary>
public readonly struct InetAddress : IEquatable<InetAddress>
{
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly AddressFamily _family;

    private InetAddress(ulong high, ulong low, AddressFamily family)
    {
        _high = high;
        _low = low;
        _family = family;
    }

    public AddressFamily Family => _family;

    /// <summary>4 or 16; 0 for the default value, which is no address.</summary>
    public int Length => _family switch { AddressFamily.Inet => 4, AddressFamily.Inet6 => 16, _ => 0 };

    /// <summary>32 or 128.</summary>
    public byte BitLength => (byte)(Length * 8);

    public static InetAddress FromIPv4(uint hostOrder) => new(0, hostOrder, AddressFamily.Inet);

    /// <summary>Four bytes are IPv4, sixteen IPv6, anything else is null.</summary>
    public static InetAddress? FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), AddressFamily.Inet6),
        _ => null,
    };

    public void CopyTo(Span<byte> target)
    {
        if (_family == AddressFamily.Inet)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target, (uint)_low);
        }
        else if (_family == AddressFamily.Inet6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(target, _high);
            BinaryPrimitives.WriteUInt64BigEndian(target[8..], _low);
        }
    }

    public static InetAddress FromIPAddress(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return FromBytes(bytes[..written])!.Value;
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        CopyTo(bytes);
        return Length == 0 ? throw new InvalidOperationException("This is the default value, not an address.") : new IPAddress(bytes[..Length]);
    }

    public static bool TryParse(string? text, out InetAddress address)
    {
        // IPAddress also reads "10" and "0x0a000001", which nobody means as an address in a document.
        var plausible = text is not null && (text.Contains(':') || text.AsSpan().Count('.') == 3) && !text.Contains('%');
        if (plausible && IPAddress.TryParse(text, out var parsed))
        {
            address = FromIPAddress(parsed);
            return true;
        }

        address = default;
        return false;
    }

    public static InetAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IPv4 or IPv6 address.");

    /// <summary>The address with all but the first <paramref name="prefixLength"/> bits cleared.</summary>
    public InetAddress Mask(int prefixLength)
    {
        if (_family == AddressFamily.Inet)
            return new(0, _low & (uint)(ulong.MaxValue << (32 - Math.Min(prefixLength, 32))), _family);
        return prefixLength <= 64
            ? new(_high & Ones(prefixLength), 0, _family)
            : new(_high, _low & Ones(prefixLength - 64), _family);
    }

    private static ulong Ones(int bits) => bits <= 0 ? 0 : ulong.MaxValue << (64 - Math.Min(bits, 64));

    public override string ToString() => Length == 0 ? "none" : ToIPAddress().ToString();

    public bool Equals(InetAddress other) => _high == other._high && _low == other._low && _family == other._family;

    public override bool Equals(object? obj) => obj is InetAddress other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_high, _low, _family);

    public static bool operator ==(InetAddress left, InetAddress right) => left.Equals(right);

    public static bool operator !=(InetAddress left, InetAddress right) => !left.Equals(right);
}
