using System.Diagnostics;
using NodeAgent.Api.V1;
using NodeAgent.Bench.Harness;

namespace NodeAgent.Bench.Watch;

/// <summary>One client that follows the links as fast as it can.</summary>
internal sealed class Watcher(string socket, ChangingLink link) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Client _client = new(socket);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Samples _latency = new();
    private long _newest;
    private Task? _reading;

    /// <summary>Ends once the first state is here.</summary>
    public async Task StartAsync()
    {
        var whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reading = ReadAsync(whole);
        await await Task.WhenAny(whole.Task, _reading).WaitAsync(Limit).ConfigureAwait(false);
    }

    /// <summary>The latencies since the last call.</summary>
    public Samples Take()
    {
        lock (_lock)
        {
            var taken = _latency;
            _latency = new Samples();
            return taken;
        }
    }

    /// <summary>Until this change, or a later one, is here.</summary>
    public void Await(int change)
    {
        if (!SpinWait.SpinUntil(() => Volatile.Read(ref _newest) >= change, Limit)) throw new InvalidOperationException($"A watcher did not hear of the last change within {Limit.TotalSeconds} s.");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync(TaskCompletionSource whole)
    {
        using var call = _client.Network.WatchLinks(new WatchLinksRequest(), cancellationToken: _stop.Token);
        while (await call.ResponseStream.MoveNext(_stop.Token).ConfigureAwait(false))
        {
            var message = call.ResponseStream.Current;
            var now = Stopwatch.GetTimestamp();
            foreach (var changed in message.Changed)
            {
                if (changed.Name != ChangingLink.Name || link.SentAt(changed.Mtu) is not (> 0 and var sent)) continue;
                lock (_lock) _latency.Add(Stopwatch.GetElapsedTime(sent, now));
                Volatile.Write(ref _newest, changed.Mtu);
            }

            if (!message.More) whole.TrySetResult();
        }
    }
}
