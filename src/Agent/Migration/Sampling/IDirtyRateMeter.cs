using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sampling;

/// <summary>Measures dirty rates on demand: one at a time for a guest, not too often, and never while it migrates.</summary>
public interface IDirtyRateMeter
{
    /// <exception cref="Sources.GuestSourceException">No such guest, it migrates, it was measured a moment ago (Busy), or it cannot be measured so.</exception>
    Task<DirtyRate> MeasureAsync(string uuid, DirtyRateMode mode, TimeSpan period, CancellationToken cancellation);
}
