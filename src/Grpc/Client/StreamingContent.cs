using System.Net;

namespace Grpc.Net.Client;

/// <summary>A request body that is written while the call goes on.</summary>
internal sealed class StreamingContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where requests go, once there is a connection.</summary>
    public Task<Stream> Stream => _stream.Task;

    /// <summary>No more requests come.</summary>
    public void Complete() => _complete.TrySetResult();

    /// <summary>The call has ended: nobody takes requests any more.</summary>
    public void Abort()
    {
        _complete.TrySetCanceled();
        _stream.TrySetCanceled();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The headers go out now and not with the first message.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (!_stream.TrySetResult(stream))
            throw new IOException("The connection was lost after requests had been written to it.");
        try
        {
            await _complete.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_complete.Task.IsCanceled)
        {
            // The server has ended the stream, or its connection broke: the response says which.
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
