using NodeAgent.Node;

namespace NodeAgent.Api.Watching;

/// <summary>
/// One watcher: the state first, then what changed, as fast as it reads. While a message waits for a slow reader nothing piles up here;
/// when the reader comes back it is told the newest.
/// </summary>
/// <param name="view">What is watched.</param>
/// <param name="write">Sends one message; ends once the reader's side has room for it.</param>
/// <param name="start">How the watcher wants to be told.</param>
/// <param name="clock">The clock of heartbeats.</param>
/// <param name="counts">Counts what is merged for slow readers.</param>
public sealed class Watch<TMessage>(IWatchView<TMessage> view, Func<TMessage, CancellationToken, Task> write, WatchStart start, TimeProvider clock, WatchCounts? counts = null)
{
    private readonly Pulse _pulse = new();
    private long _version;
    private long _lastSent;
    private volatile bool _rang;

    /// <summary>Runs until cancelled or until a write fails.</summary>
    /// <exception cref="OperationCanceledException">The watch was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        view.Subscribe(_pulse);
        counts?.Begin();
        using var stop = cancellation.UnsafeRegister(static pulse => ((Pulse)pulse!).Set(), _pulse);
        using var timer = clock.CreateTimer(static watch => ((Watch<TMessage>)watch!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (!view.IsReady) await WaitAsync(cancellation).ConfigureAwait(false);
            await BeginAsync(cancellation).ConfigureAwait(false);
            timer.Change(start.Heartbeat, Timeout.InfiniteTimeSpan);
            while (true)
            {
                await WaitAsync(cancellation).ConfigureAwait(false);
                if (view.Version > _version) await SendAsync(view.Since(_version) ?? view.State(), cancellation).ConfigureAwait(false);
                await BeatAsync(timer, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            view.Unsubscribe(_pulse);
            counts?.End();
        }
    }

    private async ValueTask WaitAsync(CancellationToken cancellation)
    {
        await _pulse.WaitAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    private async ValueTask BeginAsync(CancellationToken cancellation)
    {
        var resumed = start.Version > 0 && start.Epoch == view.Epoch && start.Version <= view.Version ? view.Since(start.Version) : null;
        await SendAsync(resumed ?? view.State(), cancellation).ConfigureAwait(false);
        // Who resumes and missed nothing learns so at once.
        if (resumed is { HasMessages: false }) await WriteAsync(view.Heartbeat(_version), cancellation).ConfigureAwait(false);
    }

    private async ValueTask SendAsync(WatchBatch<TMessage> batch, CancellationToken cancellation)
    {
        foreach (var message in batch.Messages) await WriteAsync(message, cancellation).ConfigureAwait(false);
        if (batch.Publications > 1) counts?.Conflated(batch.Publications - 1);
        _version = batch.Version;
    }

    private void Ring()
    {
        _rang = true;
        _pulse.Set();
    }

    // The timer is armed once an interval and not once a message: it rings, and finds how much is left.
    private async ValueTask BeatAsync(ITimer timer, CancellationToken cancellation)
    {
        if (!_rang) return;
        _rang = false;
        var left = start.Heartbeat - clock.GetElapsedTime(_lastSent);
        if (left <= TimeSpan.Zero)
        {
            await WriteAsync(view.Heartbeat(_version), cancellation).ConfigureAwait(false);
            left = start.Heartbeat;
        }

        timer.Change(left, Timeout.InfiniteTimeSpan);
    }

    private Task WriteAsync(TMessage message, CancellationToken cancellation)
    {
        _lastSent = clock.GetTimestamp();
        return write(message, cancellation);
    }
}
