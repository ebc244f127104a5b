using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>What is kept of one migration: the last good value of everything, the rates, and its last passes.</summary>
internal struct MigrationState
{
    /// <summary>QEMU's default, until something else is known.</summary>
    private const double DefaultDowntimeLimit = 0.3;

    /// <summary>A shorter rate window is mostly noise.</summary>
    private const double FirstRateAfter = 0.15;

    /// <summary>A pass dirtied so much less (or more) than the ones before allow that the guest, or its throttle, has changed.</summary>
    private const double Changed = 0.75;

    /// <summary>In a shorter pass that is chance.</summary>
    private const double ShortPass = 0.45;

    private RateMeter _rate;
    private double _lastAt;
    private double _syncAt;
    private long _announced;
    private double _announcedAt;
    private long _transferred;
    private long? _sent;
    private TimeSpan _elapsed;
    private double _syncRate;
    private double _limit;
    private double _learnedLimit;

    public MigrationPhase Phase;

    /// <summary>Of the samples' clock: the first with counters.</summary>
    public double? StartedAt;

    public double At;

    public long Pass;

    public PassRing Passes;

    public double Total;

    public double Remaining;

    public double Normal;

    /// <summary>How fast the guest writes to pages that are not dirty yet, as passes of different length told last; null where none did.</summary>
    public double? WrittenRate;

    public double Left;

    public Progress Progress;

    public int Throttle;

    public bool AutoConverge;

    public bool? Postcopy;

    public bool Compressed;

    public double? Resident;

    public double? MeasuredDirty;

    public long? BandwidthLimit;

    public long? PostcopyLimit;

    public TimeSpan? Downtime;

    public TimeSpan? ObservedDowntime;

    public string? Error;

    private bool _wasPostcopy;

    public readonly double Rate => _rate.Value;

    public readonly double DowntimeLimit => _limit > 0 ? _limit : _learnedLimit > 0 ? _learnedLimit : DefaultDowntimeLimit;

    /// <summary>Bytes that may be left at the switchover.</summary>
    public readonly double Threshold => Rate * DowntimeLimit;

    /// <summary>The source sends as fast as it may, not as fast as it can.</summary>
    public readonly bool Limited => BandwidthLimit is { } limit && Rate > 0.85 * limit;

    /// <summary>Of samples and events the later.</summary>
    public readonly long LastPass => Math.Max(Pass, _announced);

    public readonly double SinceSync => At - _syncAt;

    public readonly bool WasPostcopy => _wasPostcopy;

    public void Synced(long pass, double at)
    {
        if (pass <= _announced) return;
        (_announced, _announcedAt) = (pass, at);
    }

    public void Take(in MigrationSample sample)
    {
        if (Phase.IsTerminal() && IsAnother(sample)) this = default;
        At = Math.Max(At, sample.At.TotalSeconds);
        TakeSettings(sample);
        TakePhase(sample);
        if (Phase.IsTerminal()) return;
        if (sample.RemainingBytes is { } remaining && sample.TotalBytes is { } total) TakeCounters(sample, remaining, total);
    }

    /// <summary>After an end: the next migration, and not an answer that was on its way.</summary>
    private readonly bool IsAnother(in MigrationSample sample) =>
        sample.Phase is MigrationPhase.Setup || (sample.Phase is MigrationPhase.Active && sample.Elapsed is { } elapsed && elapsed < _elapsed);

    private void TakeSettings(in MigrationSample sample)
    {
        if (sample.DowntimeLimit is { } limit) _limit = limit.TotalSeconds;
        if (sample.BandwidthLimit is { } bandwidth) BandwidthLimit = bandwidth;
        if (sample.PostcopyBandwidthLimit is { } postcopy) PostcopyLimit = postcopy;
        if (sample.PostcopyEnabled is { } enabled) Postcopy = enabled;
        if (sample.AutoConvergeEnabled is { } auto) AutoConverge = auto;
        if (sample.ResidentBytes is { } resident) Resident = resident;
        if (sample.MeasuredDirtyBytesPerSecond is { } dirty) MeasuredDirty = dirty;
        if (sample.ObservedDowntime is { } observed) ObservedDowntime = observed;
        if (sample.Error is { } error) Error = error;
        if (sample.Compressed is { } compressed) Compressed = compressed;
        if (sample.Elapsed is { } elapsed) _elapsed = elapsed;
    }

    private void TakePhase(in MigrationSample sample)
    {
        if (sample.Phase is not { } phase) return;

        // libvirt forgets a job that was cancelled: no job after one is that (a failed one it reports as such).
        if (phase == MigrationPhase.None && Phase is not MigrationPhase.None) phase = MigrationPhase.Cancelled;
        _wasPostcopy |= phase.IsPostcopy();
        if (!Phase.IsTerminal()) Phase = phase;
        if (Phase == MigrationPhase.Completed && sample.Downtime is { } downtime) Downtime = downtime;
        else if (phase.IsPostcopy() && sample.Downtime is { } stood) Downtime = stood;
    }

    private void TakeCounters(in MigrationSample sample, long remaining, long total)
    {
        if (sample.At.TotalSeconds < _lastAt) return;
        var pass = Math.Max(sample.Pass ?? Pass, Pass);
        Total = total;
        if (sample.NormalBytes is { } normal) Normal = normal;
        if (StartedAt is null)
        {
            StartedAt = _syncAt = sample.Elapsed is { } elapsed && sample.Setup is not null && elapsed.TotalSeconds < 1 ? At - elapsed.TotalSeconds : At;
            if (_announced == pass && _announcedAt > 0) _syncAt = StartedAt ?? At;
        }

        // Until the first sync the source says its limit instead.
        if (pass <= 1 && _limit <= 0 && sample.ExpectedDowntime is { TotalSeconds: > 0 } expected) _learnedLimit = expected.TotalSeconds;
        TakeRate(sample);
        if (pass > Pass && Pass > 0 && Phase == MigrationPhase.Active) Close(sample, pass, remaining);
        Throttle = sample.ThrottlePercent ?? Throttle;
        Pass = pass;
        Remaining = remaining;
        _sent = Sent(sample);
        _lastAt = At;
        _transferred = sample.TransferredBytes ?? _transferred;
    }

    private void TakeRate(in MigrationSample sample)
    {
        var interval = At - _lastAt;
        if (At - StartedAt < FirstRateAfter && sample.Elapsed is not { TotalSeconds: >= FirstRateAfter }) return;
        if (sample.TransferBytesPerSecond is { } rate) _rate.Add(At, rate);
        else if (sample.TransferredBytes is { } transferred && _transferred > 0 && interval > 0.05) _rate.Add(At, Math.Max(0, transferred - _transferred) / interval);
    }

    /// <summary>Of the guest's pages, in bytes; null where it is not said.</summary>
    private static long? Sent(in MigrationSample sample) => sample is { NormalBytes: { } normal, ZeroBytes: { } zeros } ? normal + zeros : null;

    /// <summary>A sync came between the last sample and this one.</summary>
    private void Close(in MigrationSample sample, long pass, long remaining)
    {
        var syncAt = _announced == pass && _announcedAt > _syncAt && _announcedAt <= At ? _announcedAt : SyncBetween();
        var left = remaining + (Rate * (At - syncAt));
        var seconds = syncAt - _syncAt;
        if (seconds > 0.01 && Rate > 0)
        {
            if (pass == Pass + 1) Add(new MigrationPass(Pass, seconds, Math.Max(Dirtied(sample, seconds, remaining), Rate * 0.001), left, Rate, Throttle));

            // Another rate makes other passes: what the old ones left says nothing of them.
            if (Math.Abs(Rate - _syncRate) > 0.3 * _syncRate) Progress = default;
            Progress.Add(seconds, left, Throttle);
        }

        (Left, _syncAt, _syncRate) = (left, syncAt, Rate);
    }

    /// <summary>
    /// Unique bytes dirtied in the pass that ends. The end of the first pass runs over zero pages, so there the source's own rate
    /// counts; later the books of the two samples around the sync: what remains more, and what was sent between them.
    /// </summary>
    private readonly double Dirtied(in MigrationSample sample, double seconds, long remaining)
    {
        if (Pass == 1 && sample.DirtyBytesPerSecond is { } reported) return reported * seconds;
        if (Pass > 1 && _sent is { } before && Sent(sample) is { } sent && sent >= before) return remaining - Remaining + (sent - before);
        return remaining - Math.Min(Remaining, Pass == 1 ? Threshold : Remaining) + (Rate * (At - _lastAt));
    }

    // Without an event: when less remained than the threshold, as far as the two samples allow.
    private readonly double SyncBetween()
    {
        var interval = At - _lastAt;
        var until = Rate > 0 ? (Remaining - Threshold) / Rate : interval / 2;
        return _lastAt + Math.Clamp(until + (PassSimulation.Window / 2), 0.1 * interval, 0.9 * interval);
    }

    private void Add(in MigrationPass pass)
    {
        Keep(pass);
        if (PassGroups.Of(Passes) is { Longer: not null } groups) WrittenRate = groups.Likely.Rate;
    }

    private void Keep(in MigrationPass pass)
    {
        if (Passes.Count > 0)
        {
            // Dirtied bytes cannot fall faster than the time they had, nor rise where it is shorter: else the guest has changed.
            var times = pass.Seconds / Passes[0].Seconds;
            var grown = pass.DirtiedBytes / Passes[0].DirtiedBytes;
            var changed = grown < Changed * Math.Min(times, 1) || grown > Math.Max(times, 1) / Changed;
            Passes.Add(pass);
            if (changed && pass.Seconds > ShortPass)
            {
                Passes.KeepNewest();
                WrittenRate = null;
            }

            return;
        }

        Passes.Add(pass);
    }
}
