using System.Diagnostics;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Bench.Migration;

/// <summary>Writes what many migrations would say into a store at an even pace: every sample is another, every 10 s a pass is closed.</summary>
internal sealed class StreamReplay : IDisposable
{
    private const long Memory = 8L << 30;
    private const int SamplesAPass = 100;

    private readonly MigrationStore _store;
    private readonly int _rate;
    private readonly MigrationStatus[] _statuses;
    private readonly long[] _publishedAt = new long[1 << 16];
    private int _tick;

    public StreamReplay(MigrationStore store, int migrations, int rate)
    {
        (_store, _rate) = (store, rate);
        _statuses = [.. Enumerable.Range(0, migrations).Select(Begin)];
    }

    /// <summary>When a version was published, in ticks of 100 ns of the machine's monotonic clock; null: it was not one of a tick.</summary>
    public long? PublishedAt(long version) => _publishedAt[version % _publishedAt.Length] is > 0 and var at ? at : null;

    public void Run(TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        var count = (int)(length.TotalSeconds * _rate);
        for (var i = 0; i < count; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / _rate) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero) Thread.Sleep(wait);
            Publish();
        }

        Thread.Sleep(TimeSpan.FromSeconds(1.0 / _rate));
    }

    public void Dispose() => _store.Dispose();

    private void Publish()
    {
        _tick++;
        var now = DateTimeOffset.UtcNow;
        _publishedAt[(_store.Version + 1) % _publishedAt.Length] = Stopwatch.GetElapsedTime(0).Ticks;
        using var batch = _store.Write();
        for (var i = 0; i < _statuses.Length; i++)
        {
            ref var status = ref _statuses[i];
            status = Next(status, i, now);
            batch.Put(status, now);
            if ((_tick + i) % SamplesAPass == 0) batch.Pass(status.Id, new MigrationPass(status.Forecast.Pass, 10, 400e6, 400e6, 1.1e9, 0), now);
        }
    }

    private MigrationStatus Next(in MigrationStatus status, int i, DateTimeOffset now)
    {
        var pass = 1 + ((_tick + i) / SamplesAPass);
        var (remaining, rate, dirty) = ((Memory >> 2) + (_tick * 7919L * (i + 1) % (1 << 30)), 1.1e9 + (_tick * 104729L % 1e8), 4e8 + (_tick * 7919L % 1e8));
        return status with
        {
            SampledAt = now,
            Sample = status.Sample with
            {
                Elapsed = TimeSpan.FromSeconds((double)_tick / _rate),
                RemainingBytes = remaining,
                TransferredBytes = _tick * 110_000_000L,
                TransferBytesPerSecond = rate,
                DirtyBytesPerSecond = dirty,
                Pass = pass,
                ExpectedDowntime = TimeSpan.FromMilliseconds(300 + (_tick % 100)),
            },
            Forecast = new MigrationForecast(TimeSpan.FromSeconds((double)_tick / _rate), MigrationVerdict.Converging)
            {
                RemainingSecondsLow = remaining / rate,
                RemainingSecondsHigh = 2 * remaining / rate,
                ExpectedDowntimeMilliseconds = 120,
                Factor = LimitingFactor.TransferRate,
                Pass = pass,
                RemainingBytes = remaining,
                LeftBytes = remaining,
                TransferBytesPerSecond = rate,
                DirtyBytesPerSecond = dirty,
                DowntimeLimit = TimeSpan.FromMilliseconds(300),
                PostcopySeconds = remaining / rate,
            },
        };
    }

    private static MigrationStatus Begin(int i)
    {
        var guest = new Guest(new GuestProcess(1000 + i, 1), Guid.NewGuid().ToString(), $"team-a_database-{i}")
        {
            Namespace = "team-a",
            Name = $"database-{i}",
            PodUid = Guid.NewGuid().ToString(),
            MemoryBytes = Memory,
            Vcpus = 4,
        };
        return new MigrationStatus($"{i}-{DateTime.UtcNow:yyyyMMddHHmmss}", guest, MigrationDirection.Outgoing)
        {
            Source = GuestSourceKind.Libvirt,
            Phase = MigrationPhase.Active,
            Started = DateTimeOffset.UtcNow,
            Peer = "192.0.2.17",
            Sample = new MigrationSample { TotalBytes = Memory },
        };
    }
}
