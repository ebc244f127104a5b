using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>Reads XDR (RFC 4506): big-endian words of 4 bytes. Every length is held against what is there; nothing is copied or allocated.</summary>
public ref struct XdrReader(ReadOnlySpan<byte> bytes)
{
    private readonly int _length = bytes.Length;
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Left => _rest.Length;

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(4, "a number of 4 bytes"));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4, "a number of 4 bytes"));

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(8, "a number of 8 bytes"));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8, "a number of 8 bytes"));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8, "a number of 8 bytes"));

    /// <summary>Whether an optional value follows.</summary>
    public bool ReadPresence() => ReadUInt32() switch
    {
        0 => false,
        1 => true,
        var other => throw Wrong($"expected 0 or 1 before an optional value, found {other}"),
    };

    /// <summary>Bytes of a known number, filled up to whole words.</summary>
    public ReadOnlySpan<byte> ReadFixed(int length)
    {
        var whole = Take((length + 3) & ~3, "bytes of a known number");
        return whole[..length];
    }

    /// <summary>A string as UTF-8, of any bytes.</summary>
    public ReadOnlySpan<byte> ReadString()
    {
        var length = ReadUInt32();
        if (length > (uint)_rest.Length) throw Wrong($"expected a string, found one that claims {length} bytes where {_rest.Length} are left");
        return ReadFixed((int)length);
    }

    /// <summary>How many elements follow; never more than can be there.</summary>
    /// <param name="least">Bytes of the smallest element.</param>
    public int ReadCount(int least)
    {
        var count = ReadUInt32();
        if (count > (uint)(_rest.Length / least)) throw Wrong($"expected a list, found one that claims {count} elements where {_rest.Length} bytes are left");
        return (int)count;
    }

    private ReadOnlySpan<byte> Take(int length, string what)
    {
        if (length > _rest.Length) ThrowTruncated(what);
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    [DoesNotReturn]
    private readonly void ThrowTruncated(string what) => throw Wrong($"expected {what}, found the end of the packet");

    public readonly LibvirtWireException Wrong(string what) => new($"at byte {_length - _rest.Length} of {_length}: {what}");
}
