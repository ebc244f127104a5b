using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// From what is known to a verdict. What separates is the ratio of what remains right after two syncs in a row: a migration that
/// does not converge leaves as much as before, while its dirty rate equals its transfer rate by construction.
/// </summary>
internal static class VerdictRules
{
    /// <summary>A ratio above this is slow.</summary>
    public const double SlowRatio = 0.75;

    /// <summary>Auto-converge takes no more than this.</summary>
    public const int LastThrottle = 99;

    public static MigrationVerdict Of(in MigrationState state, in Interval interval)
    {
        switch (state.Phase)
        {
            case MigrationPhase.Completed: return MigrationVerdict.Done;
            case MigrationPhase.Failed: return MigrationVerdict.Failed;
            case MigrationPhase.Cancelled or MigrationPhase.Cancelling: return MigrationVerdict.Cancelled;
            case MigrationPhase.PreSwitchover or MigrationPhase.Device: return MigrationVerdict.SwitchingOver;
            case MigrationPhase.PostcopyActive: return MigrationVerdict.Converging;
            case MigrationPhase.PostcopyPaused or MigrationPhase.PostcopyRecover: return MigrationVerdict.Stagnating;
        }

        if (state.Passes.Count == 0 || state.Rate <= 0) return MigrationVerdict.TooEarly;
        if (state.Progress.IsFlat(state.Threshold)) return Flat(state, interval);
        if (state.Progress.Ratio <= 0) return interval.High is null ? MigrationVerdict.TooEarly : MigrationVerdict.Converging;
        var slow = state.Progress.Ratio > SlowRatio && state.Left > Progress.FlatThresholds * state.Threshold;
        return slow || interval is { High: null } or { Sure: false } ? MigrationVerdict.Slow : MigrationVerdict.Converging;
    }

    private static MigrationVerdict Flat(in MigrationState state, in Interval interval)
    {
        // Auto-converge raises the throttle every second pass, and a pass under the new one tells whether that helps.
        var rising = state.Passes[0].ThrottlePercent < LastThrottle && (state.Throttle > 0 || state.AutoConverge);
        return !rising && (state.Progress.Flat > 1 || (state.Progress.Ratio >= Progress.FlatRatio && !interval.LikelyComes)) ? MigrationVerdict.WillNotConverge : MigrationVerdict.Stagnating;
    }
}
