using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace NodeAgent.Native.Netlink;

/// <summary>
/// Writes messages and attributes one after another into a pooled buffer that grows.
/// <c>Begin…</c> returns a token; the matching <c>End…</c> takes it and patches the length.
/// The typed writers take nullable values and write nothing for null.
/// </summary>
public sealed class NetlinkWriter : IDisposable
{
    private byte[] _buffer;
    private int _length;

    public NetlinkWriter(int capacity = 4096) => _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 256));

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets everything after <paramref name="length"/>.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length, nameof(length));
        _length = length;
    }

    public void Clear() => _length = 0;

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        _length = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    public MessageToken BeginMessage(ushort type, MessageFlags flags, uint sequence = 0)
    {
        var start = _length;
        WriteStruct(new MessageHeader { Type = type, Flags = flags, Sequence = sequence });
        return new MessageToken(start);
    }

    public void EndMessage(MessageToken token) =>
        MemoryMarshal.Write(_buffer.AsSpan(token.Start), (uint)(_length - token.Start));

    public NestedToken BeginNested(int type)
    {
        var start = _length;
        Header(type | NestedFlag, 0);
        return new NestedToken(start);
    }

    public void EndNested(NestedToken token)
    {
        var length = _length - token.Start;
        if (length > ushort.MaxValue)
            throw new InvalidOperationException($"A nested attribute of {length} bytes: netlink allows {ushort.MaxValue}. Split the request.");
        MemoryMarshal.Write(_buffer.AsSpan(token.Start), (ushort)length);
    }

    /// <summary>A fixed structure in the host's byte order, padded to 4 bytes, without attribute header.</summary>
    public void WriteStruct<T>(in T value)
        where T : unmanaged => MemoryMarshal.Write(Grow(Unsafe.SizeOf<T>()), value);

    public void WriteByte(int type, byte? value)
    {
        if (value is { } v)
            Attribute(type, 1)[0] = v;
    }

    public void WriteBool(int type, bool? value)
    {
        if (value is { } v)
            Attribute(type, 1)[0] = v ? (byte)1 : (byte)0;
    }

    public void WriteUInt16(int type, ushort? value)
    {
        if (value is { } v)
            MemoryMarshal.Write(Attribute(type, 2), v);
    }

    public void WriteUInt16BigEndian(int type, ushort? value)
    {
        if (value is { } v)
            BinaryPrimitives.WriteUInt16BigEndian(Attribute(type, 2), v);
    }

    public void WriteUInt32(int type, uint? value)
    {
        if (value is { } v)
            MemoryMarshal.Write(Attribute(type, 4), v);
    }

    public void WriteUInt32BigEndian(int type, uint? value)
    {
        if (value is { } v)
            BinaryPrimitives.WriteUInt32BigEndian(Attribute(type, 4), v);
    }

    public void WriteInt32(int type, int? value)
    {
        if (value is { } v)
            MemoryMarshal.Write(Attribute(type, 4), v);
    }

    public void WriteUInt64(int type, ulong? value)
    {
        if (value is { } v)
            MemoryMarshal.Write(Attribute(type, 8), v);
    }

    /// <summary>UTF-8 with a terminating NUL, as the kernel's NLA_NUL_STRING wants it.</summary>
    public void WriteString(int type, string? value)
    {
        if (value is null)
            return;
        var target = Attribute(type, Encoding.UTF8.GetByteCount(value) + 1);
        target[Encoding.UTF8.GetBytes(value, target)] = 0;
    }

    public void WriteBytes(int type, ReadOnlySpan<byte> value) => value.CopyTo(Attribute(type, value.Length));

    /// <summary>A structure in the host's byte order as an attribute's payload.</summary>
    public void WriteAttribute<T>(int type, in T value)
        where T : unmanaged => MemoryMarshal.Write(Attribute(type, Unsafe.SizeOf<T>()), value);

    /// <summary>An attribute without payload, whose presence says yes.</summary>
    public void WriteFlag(int type, bool? present)
    {
        if (present is true)
            Attribute(type, 0);
    }

    /// <summary>Starts an attribute of this many payload bytes and returns where they go; padding is zero.</summary>
    public Span<byte> Attribute(int type, int length)
    {
        if (length > ushort.MaxValue - AttributeReader.HeaderLength)
            throw new InvalidOperationException($"An attribute of {length} bytes: netlink allows {ushort.MaxValue - AttributeReader.HeaderLength}.");
        Header(type, length);
        return Grow(length);
    }

    internal void PatchSequence(int messageStart, uint sequence) => MemoryMarshal.Write(_buffer.AsSpan(messageStart + 8), sequence);

    internal void PatchUInt16(int at, ushort value) => MemoryMarshal.Write(_buffer.AsSpan(at), value);

    /// <summary>NLA_F_NESTED</summary>
    private const int NestedFlag = 0x8000;

    private void Header(int type, int length)
    {
        var header = Grow(AttributeReader.HeaderLength);
        MemoryMarshal.Write(header, (ushort)(length + AttributeReader.HeaderLength));
        MemoryMarshal.Write(header[2..], (ushort)type);
    }

    private Span<byte> Grow(int length)
    {
        var padded = (length + 3) & ~3;
        if (_buffer.Length - _length < padded)
            Enlarge(padded);
        var span = _buffer.AsSpan(_length, padded);
        if (padded != length)
            span[(padded - 4)..].Clear();
        _length += padded;
        return span[..length];
    }

    private void Enlarge(int needed)
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + needed));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
