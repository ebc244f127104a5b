using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>A guest as its libvirt tells it.</summary>
internal sealed class LibvirtSource : IGuestSource
{
    private readonly Lock _telling = new();
    private readonly JobTracker _tracker = new();
    private readonly SampleCall _sample;
    private readonly DowntimeLimitCall _limit;
    private readonly IGuestSourceObserver _observer;
    private readonly DirtyRateReader _dirtyRate;
    private readonly TimeProvider _time;
    private bool _disposed;

    /// <param name="guest">Which.</param>
    /// <param name="domain">What libvirt calls it.</param>
    /// <param name="place">Of the daemon's socket, in the guest's own root.</param>
    /// <param name="daemon">Who is asked; given back at the end.</param>
    /// <param name="observer">Is told what is heard.</param>
    /// <param name="time">For limits and dates.</param>
    public LibvirtSource(Guest guest, RemoteDomain domain, string place, LibvirtDaemon daemon, IGuestSourceObserver observer, TimeProvider time)
    {
        (Guest, Domain, Place, Daemon, _observer, _time) = (guest, domain, place, daemon, observer, time);
        _sample = new SampleCall(domain, _tracker);
        _limit = new DowntimeLimitCall(domain, _tracker);
        _dirtyRate = new DirtyRateReader(domain, time);
    }

    public GuestSourceKind Kind => GuestSourceKind.Libvirt;

    public Guest Guest { get; }

    public RemoteDomain Domain { get; }

    public string Place { get; }

    public LibvirtDaemon Daemon { get; }

    public ValueTask<MigrationSample> SampleAsync(CancellationToken cancellation)
    {
        var connection = Daemon.Connection;
        if (connection is null) return ValueTask.FromException<MigrationSample>(Daemon.Lost());
        if (_tracker.IsUnderWay) Daemon.KeepAlive();
        if (_tracker.WantsLimit) _limit.Ask(connection);
        return _sample.AskAsync(connection, cancellation);
    }

    public async ValueTask<DirtyRate?> LastDirtyRateAsync(CancellationToken cancellation) =>
        _dirtyRate.Of(await _dirtyRate.ReadAsync(Daemon.Connection ?? throw Daemon.Lost(), cancellation).ConfigureAwait(false));

    public async ValueTask<DirtyRate> MeasureAsync(DirtyRateMode mode, TimeSpan period, CancellationToken cancellation) =>
        await new DirtyRateMeasurement(this, _dirtyRate, _time).RunAsync(mode, period, cancellation).ConfigureAwait(false);

    /// <summary>libvirt has no word for them.</summary>
    public ValueTask<IReadOnlyList<string>> BlockersAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<string>>([]);

    public ValueTask DisposeAsync()
    {
        lock (_telling)
        {
            if (_disposed) return ValueTask.CompletedTask;
            _disposed = true;
        }

        Daemon.Remove(this);
        return ValueTask.CompletedTask;
    }

    internal void Happened(Lifecycle lifecycle)
    {
        var (first, second) = LifecycleEvents.Of(lifecycle, _tracker, SourceClock.Now);
        _tracker.Happened(lifecycle);
        if (first is { } one) Tell(one);
        if (second is { } other) Tell(other);
    }

    internal void Iterated(int iteration)
    {
        _tracker.Iterated();
        Tell(new SourceEvent(SourceEventKind.Pass, SourceClock.Now) { Pass = iteration });
    }

    internal void Completed(in JobStatistics job)
    {
        if (job.IsMigration) Tell(new SourceEvent(SourceEventKind.Completed, SourceClock.Now) { Statistics = _tracker.Completed(job) });
    }

    internal void Lost(string reason) => Tell(new SourceEvent(SourceEventKind.Lost, SourceClock.Now) { Reason = reason });

    internal void Look() => Tell(new SourceEvent(SourceEventKind.Look, SourceClock.Now));

    private void Tell(in SourceEvent heard)
    {
        lock (_telling)
        {
            if (!_disposed) _observer.Heard(Guest.Process, heard);
        }
    }
}
