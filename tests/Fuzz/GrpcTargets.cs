using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using Grpc.Core;
using Grpc.Wire;

namespace NodeAgent.Tests.Fuzz;

/// <summary>What of gRPC reads bytes from outside: the framing of messages, and the headers whose values have a form of their own.</summary>
internal static class GrpcTargets
{
    private const int Limit = 4096;

    public static IEnumerable<FuzzTarget> All =>
    [
        new("grpc-messages", Messages, () => ReadMessages),
        new("grpc-headers", Headers, () => ReadHeaders),
    ];

    /// <summary>Reads to the end of the stream, or to the error.</summary>
    private static void ReadMessages(ReadOnlySpan<byte> input)
    {
        var pipe = PipeReader.Create(new ReadOnlySequence<byte>(input.ToArray()));
        var reader = new MessageReader<byte[]>(pipe, context => context.PayloadAsNewBuffer(), Limit, gzip: true);
        while (reader.ReadAsync(CancellationToken.None).GetAwaiter().GetResult())
        {
            if (reader.Current!.Length > Limit)
                throw new InvalidOperationException($"A message of {reader.Current.Length} bytes passed the limit of {Limit}.");
        }
    }

    /// <summary>A decoder of headers refuses by its result or not at all.</summary>
    private static void ReadHeaders(ReadOnlySpan<byte> input)
    {
        var text = Encoding.Latin1.GetString(input);
        PercentEncoding.Decode(text);
        if (PercentEncoding.Decode(PercentEncoding.Encode(text)) != text)
            throw new InvalidOperationException("A message did not come back from its encoding.");
        GrpcTimeout.TryParse(text, out _);
        BinaryHeader.TryDecode(text, out _);
        var metadata = new Metadata();
        MetadataFields.Add(metadata, "x-bin", text);
        MetadataFields.Add(metadata, text, text);
    }

    private static byte[] Messages(int seed)
    {
        var body = new MemoryStream();
        Span<byte> header = stackalloc byte[MessageFrame.HeaderLength];
        for (var i = 0; i <= seed % 4; i++)
        {
            var message = new byte[(seed * 7 + i) % 100];
            new Random(seed).NextBytes(message);
            var compressed = (seed + i) % 2 == 1;
            using var sent = compressed ? Gzip.Compress(message, CompressionLevel.Fastest) : new MemoryStream(message);
            MessageFrame.WriteHeader(header, compressed, (int)sent.Length);
            body.Write(header);
            body.Write(sent.ToArray());
        }

        return body.ToArray();
    }

    private static byte[] Headers(int seed) => Encoding.Latin1.GetBytes((seed % 3) switch
    {
        0 => GrpcTimeout.Format(TimeSpan.FromTicks((long)seed << (seed % 40))),
        1 => PercentEncoding.Encode($"größer als {seed} %"),
        _ => BinaryHeader.Encode(BitConverter.GetBytes(seed)) + "," + BinaryHeader.Encode([1, 2, (byte)seed]),
    });
}
