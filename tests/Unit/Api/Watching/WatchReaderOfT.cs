using System.Threading.Channels;
using NodeAgent.Api.Watching;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Unit.Api.Watching;

/// <summary>A watcher at the other end of a pipe of no length: a write ends when the test takes the message.</summary>
internal class WatchReader<TMessage> : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Channel<(TMessage Message, TaskCompletionSource Taken)> _offered = Channel.CreateUnbounded<(TMessage, TaskCompletionSource)>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;

    public WatchReader(IWatchView<TMessage> view, ManualClock clock, WatchStart start, WatchCounts? counts)
    {
        if (start.Heartbeat == TimeSpan.Zero) start = start with { Heartbeat = WatchStart.DefaultHeartbeat };
        _watch = Task.Run(() => new Watch<TMessage>(view, OfferAsync, start, clock, counts).RunAsync(_stop.Token));
    }

    public async Task<TMessage> NextAsync()
    {
        var (message, taken) = await _offered.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
        taken.SetResult();
        return message;
    }

    /// <summary>Ends once a message waits to be taken.</summary>
    public Task StalledAsync() => _offered.Reader.WaitToReadAsync().AsTask().WaitAsync(s_patience);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Xunit.Assert.ThrowsAnyAsync<OperationCanceledException>(() => _watch.WaitAsync(s_patience));
        _stop.Dispose();
    }

    private Task OfferAsync(TMessage message, CancellationToken cancellation)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _offered.Writer.TryWrite((message, taken));
        return taken.Task.WaitAsync(cancellation);
    }
}
