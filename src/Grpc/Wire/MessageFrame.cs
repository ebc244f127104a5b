using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>A message on the wire: one byte that says whether it is compressed, its length in four bytes big-endian, its bytes.</summary>
internal readonly record struct MessageFrame(ReadOnlySequence<byte> Payload, bool IsCompressed)
{
    public const int HeaderLength = 5;

    public static void WriteHeader(Span<byte> header, bool compressed, int length)
    {
        header[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
    }

    /// <summary>Takes one whole message off the front of <paramref name="buffer"/>; false: more bytes are needed.</summary>
    /// <param name="limit">Bytes of a message; null: any that an array can hold.</param>
    /// <exception cref="RpcException">The message is beyond the limit (RESOURCE_EXHAUSTED) or malformed (INTERNAL).</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int? limit, out MessageFrame frame)
    {
        frame = default;
        if (buffer.Length < HeaderLength)
            return false;

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (header[0] > 1)
            throw WireErrors.Flag(header[0]);
        if (length > (uint)(limit ?? Array.MaxLength))
            throw WireErrors.TooLarge(length, limit ?? Array.MaxLength);
        if (buffer.Length - HeaderLength < length)
            return false;

        frame = new MessageFrame(buffer.Slice(HeaderLength, length), header[0] == 1);
        buffer = buffer.Slice(frame.Payload.End);
        return true;
    }
}
