using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>What would make it finish, with the value it takes.</summary>
internal readonly record struct Knobs(double? DowntimeSeconds, double? BytesPerSecond, double? PostcopySeconds)
{
    /// <summary>A twentieth more than it takes, so that it does not fail by a hair.</summary>
    private const double Margin = 1.05;

    /// <summary>The rate of writes as passes tell it is rather too low.</summary>
    private const double WrittenMargin = 1.25;

    public static Knobs Of(in MigrationState state, MigrationVerdict verdict, in Interval interval)
    {
        if (state.Passes.Count == 0 || state.Rate <= 0 || !Wanted(verdict, interval)) return default;
        var left = Math.Max(state.Left, state.Passes[0].RemainingBytes);
        if (state.Passes.Count > 1) left = Math.Max(left, Math.Min(state.Passes[1].RemainingBytes, left / Progress.FlatRatio));
        var downtime = Margin * left / state.Rate;
        return new Knobs(downtime > state.DowntimeLimit ? downtime : null, Bandwidth(state, left), Postcopy(state));
    }

    private static bool Wanted(MigrationVerdict verdict, in Interval interval) =>
        verdict is MigrationVerdict.Stagnating or MigrationVerdict.WillNotConverge || (verdict == MigrationVerdict.Slow && interval is { High: null } or { Sure: false });

    /// <summary>Faster than memory is dirtied, or so fast that all that is written over and over goes within the downtime limit.</summary>
    private static double? Bandwidth(in MigrationState state, double left)
    {
        var within = Margin * left / state.DowntimeLimit;
        var faster = double.PositiveInfinity;
        if (state.MeasuredDirty is { } measured && measured > state.Rate / 2) faster = measured * WrittenMargin;
        else if (state.WrittenRate is { } written) faster = written * WrittenMargin;

        var needed = Math.Min(within, faster);
        return needed > state.Rate && double.IsFinite(needed) ? needed : null;
    }

    // What remains now and what was dirtied since the sync; sent at post-copy's own limit, or at least as fast as now.
    private static double? Postcopy(in MigrationState state)
    {
        if (state.Phase != MigrationPhase.Active) return null;
        var newest = state.Passes[0];
        var bytes = Math.Min(state.Total, state.Remaining + (newest.DirtyBytesPerSecond * Math.Min(state.SinceSync, newest.Seconds)));
        return bytes / (state.PostcopyLimit ?? state.Rate);
    }
}
