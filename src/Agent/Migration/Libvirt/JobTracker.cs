using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Libvirt;

/// <summary>
/// From what libvirt says of a guest's job, answer after answer, to samples: libvirt says "no job" after a migration was cancelled, and
/// nothing at all after it succeeded, so what was seen before decides. Pure; one for each guest.
/// </summary>
internal sealed class JobTracker
{
    private bool _underWay;
    private bool _arriving;
    private bool _postcopy;
    private bool _counted;
    private TimeSpan _elapsed;
    private TimeSpan? _downtimeLimit;
    private MigrationSample? _completed;

    /// <summary>An outgoing migration was seen and its end was not.</summary>
    public bool IsUnderWay => _underWay;

    /// <summary>An incoming one.</summary>
    public bool IsArriving => _arriving;

    /// <summary>The downtime limit is to be asked for: at the first sample with counters, and at each pass, as it may be changed at any time.</summary>
    public bool WantsLimit { get; private set; }

    public void Happened(Lifecycle lifecycle)
    {
        if (lifecycle == Lifecycle.SuspendedPostcopy) _postcopy = true;
        else if (lifecycle == Lifecycle.StartedMigrated) _arriving = true;
    }

    /// <summary>A pass begins, so there is an outgoing migration.</summary>
    public void Iterated() => (_underWay, WantsLimit) = (true, true);

    public void LimitIsAsked() => WantsLimit = false;

    public void LimitIs(TimeSpan limit) => _downtimeLimit = limit;

    /// <summary>libvirt told of the end by itself: the sample of it.</summary>
    public MigrationSample Completed(in JobStatistics job)
    {
        var sample = Ended(job);
        _completed = job.Kind == JobKind.Completed ? sample : null;
        return sample;
    }

    /// <summary>The answer to the question how the job stands.</summary>
    /// <returns>Null: ask for the record of the last job.</returns>
    public MigrationSample? Take(in JobStatistics job)
    {
        if (job.Kind == JobKind.None) return _underWay ? null : NoJob(job.Sample.At);
        if (!job.IsMigration) return new MigrationSample(job.Sample.At) { Phase = MigrationPhase.None };
        if (!job.IsUnderWay) return Ended(job);
        if (!job.IsOutgoing) return Arriving(job.Sample.At);
        return UnderWay(job.Sample);
    }

    private MigrationSample UnderWay(in MigrationSample sample)
    {
        _underWay = true;
        _completed = null;
        _elapsed = sample.Elapsed ?? _elapsed;

        // All counters are 0 until QEMU itself begins, and again once it has ended, until libvirt has taken note.
        if (sample.TotalBytes is null or 0) return new MigrationSample(sample.At) { Phase = _counted ? null : MigrationPhase.Setup, Elapsed = sample.Elapsed };
        WantsLimit |= !_counted;
        _counted = true;
        _postcopy |= sample.PostcopyRequests is > 0;
        return sample with { Phase = _postcopy ? MigrationPhase.PostcopyActive : MigrationPhase.Active, DowntimeLimit = _downtimeLimit };
    }

    /// <summary>libvirt says that its counters are on the other node.</summary>
    public MigrationSample Arriving(TimeSpan at)
    {
        _arriving = true;
        return new MigrationSample(at) { Phase = MigrationPhase.Active };
    }

    /// <summary>The record of the last job, after <see cref="Take"/> asked for it or the guest was found not to run.</summary>
    /// <returns>Null: there is none of this job.</returns>
    public MigrationSample? TakeRecord(in JobStatistics record)
    {
        // An older one than what was seen of this job is of another.
        var isOfThis = record.IsOutgoing && !record.IsUnderWay && !(record.Sample.Elapsed < _elapsed);
        return isOfThis ? Ended(record) : null;
    }

    /// <summary>No job and no record, and the guest runs on: libvirt's way to say that it was cancelled, or failed.</summary>
    public MigrationSample Cancelled(TimeSpan at)
    {
        Reset();
        return new MigrationSample(at) { Phase = MigrationPhase.Cancelled, Error = "it was cancelled, or failed: libvirt says only that the guest goes on here" };
    }

    /// <summary>The guest does not run, and there is no record.</summary>
    /// <returns>Null: nobody knows how it ended.</returns>
    public MigrationSample? Gone(TimeSpan at)
    {
        var (completed, arriving) = (_completed, _arriving);
        Reset();
        _completed = completed;
        if (completed is { } known) return known with { At = at };
        return arriving ? new MigrationSample(at) { Phase = MigrationPhase.Failed } : null;
    }

    /// <summary>No job: the one that brought the guest here is over, or there was none.</summary>
    private MigrationSample NoJob(TimeSpan at)
    {
        var phase = _arriving ? MigrationPhase.Completed : MigrationPhase.None;
        Reset();
        return new MigrationSample(at) { Phase = phase };
    }

    private MigrationSample Ended(in JobStatistics job)
    {
        Reset();
        return job.Sample with
        {
            Phase = job.Kind switch
            {
                JobKind.Completed => MigrationPhase.Completed,
                JobKind.Failed => MigrationPhase.Failed,
                _ => MigrationPhase.Cancelled,
            },
        };
    }

    private void Reset()
    {
        (_underWay, _arriving, _postcopy, _counted, WantsLimit) = (false, false, false, false, false);
        (_elapsed, _downtimeLimit, _completed) = (default, null, null);
    }
}
