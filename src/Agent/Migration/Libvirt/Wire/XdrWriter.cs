using System.Buffers.Binary;

namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>Writes XDR (RFC 4506) into a buffer that is long enough: see <see cref="StringLength"/>.</summary>
public ref struct XdrWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Written { get; private set; }

    /// <summary>Bytes that a string of so many takes.</summary>
    public static int StringLength(int bytes) => 4 + ((bytes + 3) & ~3);

    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer[Written..], value);
        Written += 4;
    }

    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[Written..], value);
        Written += 4;
    }

    public void WriteUInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer[Written..], value);
        Written += 8;
    }

    /// <summary>Bytes of a known number, filled up with zeros to whole words.</summary>
    public void WriteFixed(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Written..]);
        var padded = (bytes.Length + 3) & ~3;
        _buffer.Slice(Written + bytes.Length, padded - bytes.Length).Clear();
        Written += padded;
    }

    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        WriteUInt32((uint)utf8.Length);
        WriteFixed(utf8);
    }
}
