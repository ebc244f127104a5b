using System.Diagnostics;
using NodeAgent.Api.V1;
using NodeAgent.Bench.Watch;

namespace NodeAgent.Bench.Storage;

/// <summary>One client that follows the storage, and the verdict of one map as it was last told.</summary>
internal sealed class StorageWatcher(string socket, string map) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Client _client = new(socket);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private StorageVerdict _verdict;
    private long _since;
    private Task? _reading;

    public void Start() => _reading = ReadAsync();

    /// <summary>Waits for a verdict, and returns when the client was told of it, as of <see cref="Stopwatch"/>.</summary>
    public long Await(StorageVerdict verdict)
    {
        var since = 0L;
        var told = SpinWait.SpinUntil(() => _reading!.IsFaulted || IsTold(verdict, out since), s_limit);
        if (_reading!.IsFaulted) _reading.GetAwaiter().GetResult();
        return told ? since : throw new InvalidOperationException($"{map} was not told to be {verdict} within {s_limit.TotalSeconds} s, but {_verdict}.");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _client.Dispose();
        _stop.Dispose();
    }

    private bool IsTold(StorageVerdict verdict, out long since)
    {
        lock (_gate)
        {
            since = _since;
            return _verdict == verdict;
        }
    }

    private async Task ReadAsync()
    {
        using var call = _client.Storage.WatchStorage(new WatchStorageRequest(), cancellationToken: _stop.Token);
        while (await call.ResponseStream.MoveNext(_stop.Token).ConfigureAwait(false))
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var changed in call.ResponseStream.Current.Changed)
            {
                if (changed.Name != map) continue;
                lock (_gate)
                {
                    if (_verdict != changed.Verdict) _since = now;
                    _verdict = changed.Verdict;
                }
            }
        }
    }
}
