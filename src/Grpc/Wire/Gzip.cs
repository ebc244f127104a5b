using System.Buffers;
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
            using var gzip = new GZipStream(PipeReader.Create(compressed).AsStream(), CompressionMode.Decompress);
            while (gzip.Read(output.GetSpan(Step)) is > 0 and var read)
            {
                output.Advance(read);
                if (output.Length > most)
                    throw WireErrors.Inflated(most);
            }
        }
        catch (InvalidDataException e)
        {
            throw WireErrors.NotGzip(e);
        }
    }
}
