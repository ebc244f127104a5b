namespace NodeAgent.Migration.Model;

/// <summary>
/// What a source said of one migration at one moment, in base units, as it was on the wire: <see cref="Forecasting.SampleFilter"/>
/// takes out what cannot be. Null where the wire did not have it. Filled from query-migrate (QMP) or from job statistics (libvirt);
/// a sample may also be an event alone, with its time and phase.
/// </summary>
/// <param name="At">When, on a clock that does not step; only differences count.</param>
public readonly record struct MigrationSample(TimeSpan At)
{
    /// <summary>Null: the phase is the one of the sample before.</summary>
    public MigrationPhase? Phase { get; init; }

    /// <summary>Time since the start (QMP total-time, libvirt time_elapsed, which counts from libvirt's own start).</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>The guest's memory in bytes.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>Not sent yet or dirtied again, in bytes. In the first pass pages full of zeros are in it, which cost nothing to send.</summary>
    public long? RemainingBytes { get; init; }

    /// <summary>Sent, in bytes on the wire.</summary>
    public long? TransferredBytes { get; init; }

    /// <summary>Pages sent whole, in bytes of the guest.</summary>
    public long? NormalBytes { get; init; }

    /// <summary>Pages full of zeros, sent as a mark, in bytes of the guest.</summary>
    public long? ZeroBytes { get; init; }

    /// <summary>Pages are sent as differences to what was sent before (xbzrle): much less goes over the wire than was dirtied.</summary>
    public bool? Compressed { get; init; }

    /// <summary>Bytes per second (QMP mbps, of the last 100 ms; libvirt memory_bps).</summary>
    public double? TransferBytesPerSecond { get; init; }

    /// <summary>Unique bytes dirtied per second in the last pass of a second or more (dirty-pages-rate x page-size); 0 until the first sync.</summary>
    public double? DirtyBytesPerSecond { get; init; }

    /// <summary>Bytes dirtied per second by a measurement of its own (calc-dirty-rate), which does not saturate as a pass does.</summary>
    public double? MeasuredDirtyBytesPerSecond { get; init; }

    /// <summary>Which pass, from 1 (QMP dirty-sync-count, libvirt memory_iteration); one more at each sync of the dirty bitmap.</summary>
    public long? Pass { get; init; }

    /// <summary>How much of the guest's CPU time auto-converge takes, 0 to 99; null where it does not throttle.</summary>
    public int? ThrottlePercent { get; init; }

    /// <summary>What the source expects; the downtime limit until the first sync, then what remained at the last sync / rate.</summary>
    public TimeSpan? ExpectedDowntime { get; init; }

    /// <summary>How long the guest stood still, by the source.</summary>
    public TimeSpan? Downtime { get; init; }

    /// <summary>The same as the gap between STOP on the source and RESUME on the destination, where both were seen on one clock.</summary>
    public TimeSpan? ObservedDowntime { get; init; }

    /// <summary>The longest downtime at which the source may switch over.</summary>
    public TimeSpan? DowntimeLimit { get; init; }

    /// <summary>Bytes per second that may be sent at most; null where not known or not limited.</summary>
    public long? BandwidthLimit { get; init; }

    /// <summary>The same for post-copy.</summary>
    public long? PostcopyBandwidthLimit { get; init; }

    /// <summary>Post-copy was enabled before the start, so that it can be switched to.</summary>
    public bool? PostcopyEnabled { get; init; }

    /// <summary>Auto-converge is enabled.</summary>
    public bool? AutoConvergeEnabled { get; init; }

    /// <summary>Pages the destination asked for in post-copy.</summary>
    public long? PostcopyRequests { get; init; }

    /// <summary>Resident memory of the guest's process in bytes: no more than this can be other than zeros.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>How long setting up took.</summary>
    public TimeSpan? Setup { get; init; }

    /// <summary>Bytes of a page of the guest.</summary>
    public long? PageSize { get; init; }

    /// <summary>Why it failed, in QEMU's words.</summary>
    public string? Error { get; init; }
}
