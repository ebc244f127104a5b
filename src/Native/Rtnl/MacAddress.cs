using System.Globalization;

namespace NodeAgent.Native.Rtnl;

/// <summary>A 48-bit link-layer address.</summary>
public readonly struct MacAddress : IEquatable<MacAddress>, IComparable<MacAddress>
{
    public const int Length = 6;

    private readonly ulong _value;

    public MacAddress(ulong value) => _value = value & 0xffff_ffff_ffff;

    /// <summary>The six bytes as one number, first byte most significant.</summary>
    public ulong Value => _value;

    public bool IsMulticast => (_value >> 40 & 1) != 0;

    public bool IsLocallyAdministered => (_value >> 40 & 2) != 0;

    /// <summary>Null for link-layer addresses of any other length (tunnels have 4, InfiniBand 20, some none).</summary>
    public static MacAddress? FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new MacAddress((ulong)bytes[0] << 40 | (ulong)bytes[1] << 32 | (ulong)bytes[2] << 24 | (ulong)bytes[3] << 16 | (ulong)bytes[4] << 8 | bytes[5])
        : null;

    public void CopyTo(Span<byte> target)
    {
        for (var i = 0; i < Length; i++)
            target[i] = (byte)(_value >> (40 - 8 * i));
    }

    /// <summary>"02:00:00:00:00:01", or with dashes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address)
    {
        address = default;
        if (text.Length != Length * 3 - 1)
            return false;
        ulong value = 0;
        for (var i = 0; i < Length; i++)
        {
            if (i > 0 && text[i * 3 - 1] is not (':' or '-'))
                return false;
            if (!byte.TryParse(text.Slice(i * 3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var part))
                return false;
            value = value << 8 | part;
        }

        address = new MacAddress(value);
        return true;
    }

    public static MacAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a MAC address: expected six hexadecimal bytes, such as 02:00:00:00:00:01.");

    public override string ToString() => string.Create(Length * 3 - 1, _value, static (span, value) =>
    {
        const string digits = "0123456789abcdef";
        for (var i = 0; i < Length; i++)
        {
            var part = (int)(value >> (40 - 8 * i)) & 0xff;
            if (i > 0)
                span[i * 3 - 1] = ':';
            span[i * 3] = digits[part >> 4];
            span[i * 3 + 1] = digits[part & 15];
        }
    });

    public bool Equals(MacAddress other) => _value == other._value;

    public override bool Equals(object? obj) => obj is MacAddress other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode();

    public int CompareTo(MacAddress other) => _value.CompareTo(other._value);

    public static bool operator ==(MacAddress left, MacAddress right) => left._value == right._value;

    public static bool operator !=(MacAddress left, MacAddress right) => left._value != right._value;

    public static bool operator <(MacAddress left, MacAddress right) => left._value < right._value;

    public static bool operator >(MacAddress left, MacAddress right) => left._value > right._value;

    public static bool operator <=(MacAddress left, MacAddress right) => left._value <= right._value;

    public static bool operator >=(MacAddress left, MacAddress right) => left._value >= right._value;
}
