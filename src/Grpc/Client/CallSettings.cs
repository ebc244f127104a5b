using System.IO.Compression;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>How a call writes its requests.</summary>
internal sealed record CallSettings(int? MaxSendMessageSize, WriteOptions? WriteOptions, bool Compresses)
{
    public MessageWriter Writer(PooledBuffer buffer) => new(buffer, MaxSendMessageSize) { Compression = Compresses ? CompressionLevel.Fastest : null };
}
