using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Drain;

/// <summary>Asks how long it takes to move guests off the node.</summary>
/// <param name="Guests">Those to move: all of the node, or one.</param>
/// <param name="Now">The time, for how old measurements are.</param>
public sealed record DrainQuestion(IReadOnlyList<DrainGuest> Guests, DateTimeOffset Now)
{
    /// <summary>KubeVirt's default for a node (parallelOutboundMigrationsPerNode).</summary>
    public const int DefaultParallel = 2;

    /// <summary>QEMU's.</summary>
    public static readonly TimeSpan DefaultDowntimeLimit = TimeSpan.FromMilliseconds(300);

    /// <summary>Migrations at a time; below 1 counts as 1.</summary>
    public int Parallel { get; init; } = DefaultParallel;

    /// <summary>Bytes a second of all migrations together; null: as <see cref="History"/> tells.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>How long a guest may stand still at the switch.</summary>
    public TimeSpan DowntimeLimit { get; init; } = DefaultDowntimeLimit;

    /// <summary>Migrations that ended on this node, in any order.</summary>
    public IReadOnlyList<MigrationRecord> History { get; init; } = [];
}
