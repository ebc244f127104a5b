using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// The interval for the end. Three curves through the passes seen are played through to the switchover: one that must be early,
/// a likely one, one that is as late as passes of other guests were. The constants were chosen on tests/fixtures/migrations'
/// lab and tuning timelines; the held-out ones only measure (bench/Forecast).
/// </summary>
internal static class IntervalRules
{
    /// <summary>A migration younger than this says nothing of its rate.</summary>
    private const double FirstAfter = 1.0;

    /// <summary>The share of what remains in the first pass that may be all there is to send: the rest is zeros.</summary>
    private const double LeastNonZero = 0.25;

    /// <summary>What page sampling is wrong by: twice its standard deviation.</summary>
    private const double SamplingError = 0.40;

    /// <summary>What the rate may be off by, and what a sample's age and the end itself take.</summary>
    private const double RateError = 0.06;
    private const double Slack = 0.15;
    private const double LateByLikely = 1.25;

    public static Interval Of(in MigrationState state)
    {
        if (state.Phase.IsTerminal() || state.Rate <= 0 || state.StartedAt is not { } started) return Interval.Unknown;
        if (state.Phase is MigrationPhase.PreSwitchover or MigrationPhase.Device) return Stopped(state);
        if (state.Phase == MigrationPhase.PostcopyActive) return Postcopy(state);
        if (state.Phase != MigrationPhase.Active) return Interval.Unknown;
        if (state.Passes.Count == 0) return state.At - started < FirstAfter ? Interval.Unknown : FirstPass(state, state.At - started);
        return Later(state);
    }

    /// <summary>Nobody knows yet what is dirtied meanwhile: without a measurement of it the latest end is open.</summary>
    private static Interval FirstPass(in MigrationState state, double elapsed)
    {
        var remaining = state.Remaining;
        if (state.Resident is { } resident) remaining = Math.Clamp(resident - state.Normal, 0, remaining);
        var seconds = remaining / state.Rate;
        var least = state.Resident is null ? LeastNonZero * seconds : 0.8 * seconds;
        if (state.MeasuredDirty is not { } dirty || dirty <= 0)
            return Interval.Of(least + (0.1 * elapsed), double.PositiveInfinity, double.PositiveInfinity, double.NaN);

        // Unique bytes dirtied are at most rate x time.
        var whole = elapsed + seconds;
        var first = Switch(state, remaining, DirtyCurve.Straight(0.4 * dirty * whole, whole));
        var likely = Switch(state, remaining, DirtyCurve.Straight(0.75 * dirty * whole, whole));
        var last = Switch(state, remaining, DirtyCurve.Straight((1 + SamplingError) * dirty * whole, whole));
        return Interval.Of(Math.Min(least + (first.Seconds - seconds), first.Seconds) * (1 - RateError), likely.Seconds, (last.Seconds * (1 + RateError)) + Slack, likely.Bytes);

        Switchover Switch(in MigrationState now, double left, in DirtyCurve curve) =>
            PassSimulation.Run(left, elapsed, now.Rate, now.Threshold, now.Limited, curve);
    }

    private static Interval Later(in MigrationState state)
    {
        var groups = PassGroups.Of(state.Passes);
        var (first, middle, last) = (Switch(state, groups.Early), Switch(state, groups.Likely), Switch(state, groups.Late));
        var low = (first.Seconds * (1 - RateError)) - Slack;

        // Differences are sent much faster than pages: only the pass under way is sure, and nothing is as late as with pages.
        if (state.Compressed) (low, last) = (Math.Min(low, (0.8 * (state.Remaining - state.Threshold) / state.Rate) - Slack), middle);
        var interval = Interval.Of(low, middle.Seconds, (last.Seconds * (1 + RateError)) + (1.5 * Slack), middle.Bytes);
        if (interval.High is not null || state.Progress.Ratio is not (> 0 and < Progress.FlatRatio)) return interval;

        // Where not even the early curve comes to an end: no sooner than the pass under way.
        var least = interval.Low ?? (Math.Max(0, state.Remaining - state.Threshold) / state.Rate);
        return interval with { Low = least, High = Math.Max(least, ByRatio(state, interval.Likely)), Sure = false };

        static Switchover Switch(in MigrationState now, in DirtyCurve curve) =>
            PassSimulation.Run(now.Remaining, now.SinceSync, now.Rate, now.Threshold, now.Limited, curve);
    }

    /// <summary>
    /// The latest end where the late curve allows none but passes have left less and less: the likely one and this much more, or as
    /// if from now on each pass gained half as much.
    /// </summary>
    private static double ByRatio(in MigrationState state, double likely)
    {
        if (double.IsFinite(likely)) return (LateByLikely * likely) + (2 * Slack);
        var ratio = (1 + state.Progress.Ratio) / 2;
        var bytes = state.Remaining + (state.Passes[0].DirtyBytesPerSecond * state.SinceSync);
        return (bytes / state.Rate / (1 - ratio)) + Slack;
    }

    private static Interval Postcopy(in MigrationState state)
    {
        var seconds = state.Remaining / state.Rate;
        return Interval.Of((0.85 * seconds) - Slack, seconds, (1.15 * seconds) + Slack, double.NaN);
    }

    // The last part is not held back by the bandwidth limit, so it takes at most as long as at the present rate.
    private static Interval Stopped(in MigrationState state)
    {
        var seconds = Math.Min(state.Remaining, state.Threshold) / state.Rate;
        return Interval.Of(0, seconds / 2, seconds + (2 * Slack), Math.Min(state.Remaining, state.Threshold));
    }
}
