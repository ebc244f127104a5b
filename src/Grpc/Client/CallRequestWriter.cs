using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The requests of a streaming call.</summary>
internal sealed class CallRequestWriter<TRequest, TResponse>(ClientCall<TRequest, TResponse> call) : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly PooledBuffer _buffer = new();
    private MessageWriter? _writer;
    private bool _complete;
    private int _writing;

    public WriteOptions? WriteOptions { get; set; } = call.Settings.WriteOptions;

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_complete)
            throw new InvalidOperationException("The stream of requests has been completed: no more can be written.");
        call.ThrowIfFailed();
        if (Interlocked.Exchange(ref _writing, 1) != 0)
            throw new InvalidOperationException("The write before this one has not ended; a stream takes one at a time.");
        using var cancel = cancellationToken.UnsafeRegister(
            static call => ((ClientCall<TRequest, TResponse>)call!).End(CallRequest.CancelledByCaller), call);
        try
        {
            Serialize(message);
            await SendAsync().ConfigureAwait(false);
        }
        finally
        {
            _buffer.Dispose();
            Volatile.Write(ref _writing, 0);
        }
    }

    public Task CompleteAsync()
    {
        _complete = true;
        call.Requests.Complete();
        return Task.CompletedTask;
    }

    private void Serialize(TRequest message)
    {
        _writer ??= call.Settings.Writer(_buffer);
        _writer.Write(message, call.Serialize, WriteOptions);
    }

    private async Task SendAsync()
    {
        try
        {
            var stream = await call.Requests.Stream.ConfigureAwait(false);
            await stream.WriteAsync(_buffer.Written, call.Ended).ConfigureAwait(false);
            if (((WriteOptions?.Flags ?? 0) & WriteFlags.BufferHint) == 0)
                await stream.FlushAsync(call.Ended).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A server that ends the call takes no more requests: its status, if it is there, says more than the failure of the write.
            await call.Response.ConfigureAwait(false);
            throw call.Explain(e);
        }
    }
}
