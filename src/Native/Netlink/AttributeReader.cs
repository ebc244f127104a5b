using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace NodeAgent.Native.Netlink;

/// <summary>
/// Walks the attributes (struct nlattr) of one container: <c>while (r.Next()) switch (r.Type) { … }</c>.
/// An attribute that does not fit its container, or a value shorter than its type, is a <see cref="NetlinkException"/>
/// with the offset in the message. A value longer than its type is accepted: kernels append fields to structures.
/// </summary>
public ref struct AttributeReader
{
    internal const int HeaderLength = 4;

    /// <summary>NLA_F_NESTED and NLA_F_NET_BYTEORDER: flags in the two high bits of the type.</summary>
    private const int TypeMask = 0x3fff;

    private readonly ReadOnlySpan<byte> _container;
    private readonly int _base;
    private int _next;
    private int _current;
    private ushort _type;
    private ReadOnlySpan<byte> _value;

    /// <param name="container">The attributes, without the header they follow.</param>
    /// <param name="offset">Where the container starts in its message; for error texts only.</param>
    public AttributeReader(ReadOnlySpan<byte> container, int offset = 0)
    {
        _container = container;
        _base = offset;
    }

    /// <summary>The type, without flag bits.</summary>
    public readonly ushort Type => _type;

    /// <summary>The payload, without padding.</summary>
    public readonly ReadOnlySpan<byte> Value => _value;

    /// <summary>Where the attribute's header is, counted from the start of the message.</summary>
    public readonly int Offset => _base + _current;

    public bool Next()
    {
        var at = _next;
        var left = _container.Length - at;
        if (left < HeaderLength)
        {
            if (left > 0)
                ThrowLeftover(at, left);
            return false;
        }

        var header = _container.Slice(at, HeaderLength);
        int length = MemoryMarshal.Read<ushort>(header);
        _current = at;
        _type = (ushort)(MemoryMarshal.Read<ushort>(header[2..]) & TypeMask);
        if (length < HeaderLength || length > left)
            ThrowBadLength(length, left);

        _value = _container.Slice(at + HeaderLength, length - HeaderLength);
        // The last attribute of a container may lack its padding.
        _next = Math.Min(at + ((length + 3) & ~3), _container.Length);
        return true;
    }

    public readonly byte AsByte() => Read<byte>();

    public readonly bool AsBool() => Read<byte>() != 0;

    public readonly ushort AsUInt16() => Read<ushort>();

    public readonly ushort AsUInt16BigEndian() => BinaryPrimitives.ReadUInt16BigEndian(AtLeast(2));

    public readonly uint AsUInt32() => Read<uint>();

    public readonly uint AsUInt32BigEndian() => BinaryPrimitives.ReadUInt32BigEndian(AtLeast(4));

    public readonly int AsInt32() => Read<int>();

    public readonly ulong AsUInt64() => Read<ulong>();

    /// <summary>A reader over the attributes inside this one.</summary>
    public readonly AttributeReader AsNested() => new(_value, Offset + HeaderLength);

    /// <summary>The text up to the first NUL; the <paramref name="known"/> string itself if it says the same, so that nothing is allocated.</summary>
    public readonly string AsString(string? known = null)
    {
        var text = TrimNul(_value);
        return known is not null && Says(text, known) ? known : Encoding.UTF8.GetString(text);
    }

    /// <summary>The bytes of a text up to the first NUL.</summary>
    public readonly ReadOnlySpan<byte> AsText() => TrimNul(_value);

    /// <summary>The leading bytes as a structure in the host's byte order.</summary>
    public readonly T Read<T>()
        where T : unmanaged
    {
        if (_value.Length < Unsafe.SizeOf<T>())
            ThrowShort(Unsafe.SizeOf<T>());
        return MemoryMarshal.Read<T>(_value);
    }

    /// <summary>The whole payload, which must have at least this many bytes.</summary>
    public readonly ReadOnlySpan<byte> AtLeast(int length)
    {
        if (_value.Length < length)
            ThrowShort(length);
        return _value;
    }

    private static ReadOnlySpan<byte> TrimNul(ReadOnlySpan<byte> text)
    {
        var nul = text.IndexOf((byte)0);
        return nul < 0 ? text : text[..nul];
    }

    /// <summary>Whether the bytes are the string's UTF-8, without making a string of them.</summary>
    private static bool Says(ReadOnlySpan<byte> text, string known)
    {
        if (Ascii.Equals(text, known))
            return true;
        Span<byte> encoded = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(known, encoded, out var length) && text.SequenceEqual(encoded[..length]);
    }

    private readonly void ThrowLeftover(int at, int left) =>
        throw NetlinkException.Malformed(_base + at, $"{left} bytes are left where an attribute header of {HeaderLength} was expected");

    private readonly void ThrowBadLength(int length, int left) =>
        throw NetlinkException.Malformed(Offset, $"attribute {_type} says it is {length} bytes long, where {HeaderLength} to {left} are possible");

    private readonly void ThrowShort(int expected) =>
        throw NetlinkException.Malformed(Offset, $"attribute {_type} carries {_value.Length} bytes where {expected} were expected");
}
