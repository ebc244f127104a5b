using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sources;

/// <summary>What one guest says of its migration: libvirt or QMP. Everything but a measurement only reads. Calls may come at the same time as events, one call at a time.</summary>
public interface IGuestSource : IAsyncDisposable
{
    GuestSourceKind Kind { get; }

    /// <summary>
    /// Asks once for the newest statistics; <see cref="MigrationSample.At"/> is <see cref="SourceClock"/>'s time of the answer. Without a migration:
    /// a sample with <see cref="MigrationPhase.None"/>. Allocates nothing once it has run for a while.
    /// </summary>
    /// <exception cref="GuestSourceException">It did not answer in its time limit (2 s), or not sensibly, or is gone.</exception>
    ValueTask<MigrationSample> SampleAsync(CancellationToken cancellation);

    /// <summary>The result of the last measurement by anyone, without beginning one; null: there is none.</summary>
    ValueTask<DirtyRate?> LastDirtyRateAsync(CancellationToken cancellation);

    /// <summary>Begins a measurement, waits for its end and returns the result: the one thing that makes the guest's VMM do something.</summary>
    /// <exception cref="GuestSourceException">It migrates, cannot measure so, or did not answer.</exception>
    ValueTask<DirtyRate> MeasureAsync(DirtyRateMode mode, TimeSpan period, CancellationToken cancellation);

    /// <summary>Reasons for which the VMM itself refuses to migrate (QMP blocked-reasons); empty where it names none or cannot be asked.</summary>
    ValueTask<IReadOnlyList<string>> BlockersAsync(CancellationToken cancellation);
}
