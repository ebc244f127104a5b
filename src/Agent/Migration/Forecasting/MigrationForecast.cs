using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// What can be said of a migration at one moment. A value: making one allocates nothing; <see cref="ForecastText"/> puts it in words.
/// </summary>
/// <param name="At">The moment, on the clock of the samples.</param>
/// <param name="Verdict">Will it finish.</param>
public readonly record struct MigrationForecast(TimeSpan At, MigrationVerdict Verdict)
{
    /// <summary>
    /// Seconds until it ends, the earliest and the latest that fit what was seen. Null: nobody can say. The latest alone is null
    /// where it may go on for ever.
    /// </summary>
    public double? RemainingSecondsLow { get; init; }

    public double? RemainingSecondsHigh { get; init; }

    /// <summary>
    /// Milliseconds for which the guest will stand still, at most: what will be left at the switchover at the present rate (which
    /// a bandwidth limit does not hold down then). After the end, what it was.
    /// </summary>
    public double? ExpectedDowntimeMilliseconds { get; init; }

    public LimitingFactor Factor { get; init; }

    public long Pass { get; init; }

    /// <summary>What remains now, in bytes.</summary>
    public double RemainingBytes { get; init; }

    /// <summary>What remained right after the last sync.</summary>
    public double LeftBytes { get; init; }

    public double TransferBytesPerSecond { get; init; }

    /// <summary>Unique bytes dirtied per second in the last pass; 0 before.</summary>
    public double DirtyBytesPerSecond { get; init; }

    public TimeSpan DowntimeLimit { get; init; }

    public long? BandwidthLimit { get; init; }

    public int ThrottlePercent { get; init; }

    /// <summary>How many passes in a row the throttle was in force and left as much as before.</summary>
    public int ThrottledInVain { get; init; }

    /// <summary>The downtime limit that would let it finish; null where none is needed.</summary>
    public double? NeedsDowntimeSeconds { get; init; }

    /// <summary>The rate that would let it finish; null where none is needed or nobody can say.</summary>
    public double? NeedsBytesPerSecond { get; init; }

    /// <summary>How long post-copy would take if it were begun now.</summary>
    public double? PostcopySeconds { get; init; }

    /// <summary>False: it was not enabled at the start.</summary>
    public bool? PostcopyEnabled { get; init; }

    /// <summary>Why it failed, in the source's words.</summary>
    public string? Error { get; init; }
}
