using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>The responses of a streaming call.</summary>
internal sealed class ResponseStream<T>(HttpServerCallContext call, Action<T, SerializationContext> serialize) : IServerStreamWriter<T>
    where T : class
{
    private int _writing;

    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        if (Interlocked.Exchange(ref _writing, 1) != 0)
            throw new InvalidOperationException("The write before this one has not ended; a stream takes one at a time.");
        if (call.Output.IsBusy)
            return WaitAndWriteAsync(message, cancellationToken);
        try
        {
            call.Output.Write(message, serialize, WriteOptions, flush: true);
            return Task.CompletedTask;
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    private async Task WaitAndWriteAsync(T message, CancellationToken cancellationToken)
    {
        try
        {
            await call.Output.FlushedAsync(cancellationToken).ConfigureAwait(false);
            call.Output.Write(message, serialize, WriteOptions, flush: true);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }
}
