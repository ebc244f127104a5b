using System.Net;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>A request body of one message, whole before the call begins.</summary>
internal sealed class UnaryContent(PooledBuffer message) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(message.Written, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = message.Length;
        return true;
    }
}
