using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Sampling;

/// <summary>Where guests are not followed, none can be measured.</summary>
public sealed class NoDirtyRateMeter : IDirtyRateMeter
{
    public static readonly NoDirtyRateMeter Instance = new();

    public Task<DirtyRate> MeasureAsync(string uuid, DirtyRateMode mode, TimeSpan period, CancellationToken cancellation) =>
        Task.FromException<DirtyRate>(new GuestSourceException(GuestSourceFault.Absent, $"the dirty rate of guest {uuid} cannot be measured: this agent follows no guests (migration.enabled is false)"));
}
