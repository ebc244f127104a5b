using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>gzip of single messages.</summary>
internal static class Gzip
{
    private const int Step = 16 * 1024;

    public static MemoryStream Compress(ReadOnlySpan<byte> message, CompressionLevel level)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level, leaveOpen: true))
            gzip.Write(message);
        return compressed;
    }

    /// <summary>Fills <paramref name="output"/> with the message, or stops at the limit: no more than a step beyond it is ever inflated.</summary>
    /// <exception cref="RpcException">Beyond the limit (RESOURCE_EXHAUSTED), or no gzip (INTERNAL).</exception>
    public static void Decompress(in ReadOnlySequence<byte> compressed, int? limit, PooledBuffer output)
    {
        var most = limit ?? Array.MaxLength;
        try
        {
            if (compressed.IsEmpty)
                throw new InvalidDataException("It is empty.");
            using var gzip = new GZipStream(PipeReader.Create(compressed).AsStream(), CompressionMode.Decompress);
            while (gzip.Read(output.GetSpan(Step)) is > 0 and var read)
            {
                output.Advance(read);
                if (output.Length > most)
                    throw WireErrors.Inflated(most);
            }

            if (output.Length != AnnouncedLength(compressed))
                throw new InvalidDataException($"It has {output.Length} bytes uncompressed; expected {AnnouncedLength(compressed)} by its last four bytes.");
        }
        catch (InvalidDataException e)
        {
            throw WireErrors.NotGzip(e);
        }
    }

    /// <summary>The stream that inflates takes a gzip that was cut off for a whole one: its last four bytes tell.</summary>
    private static long AnnouncedLength(in ReadOnlySequence<byte> compressed)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        if (compressed.Length < trailer.Length)
            return -1;
        compressed.Slice(compressed.Length - trailer.Length).CopyTo(trailer);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer);
    }
}
