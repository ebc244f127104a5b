using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>From a state to a forecast.</summary>
internal static class Outlook
{
    public static MigrationForecast Of(in MigrationState state, ref SteadyVerdict steady, TimeSpan at)
    {
        var interval = IntervalRules.Of(state);
        var verdict = steady.Of(VerdictRules.Of(state, interval), state);
        var stuck = verdict is MigrationVerdict.Stagnating or MigrationVerdict.WillNotConverge;

        // Stuck as it is now: no sooner than the pass under way ends, whatever changes.
        if (stuck) interval = interval with { Low = state.Rate > 0 ? Math.Max(0, state.Remaining - state.Threshold) / state.Rate : null, High = null };
        if (verdict == MigrationVerdict.WillNotConverge || state.Phase is MigrationPhase.PostcopyPaused) interval = Interval.Unknown;
        var knobs = Knobs.Of(state, verdict, interval);
        return new MigrationForecast(at, verdict)
        {
            RemainingSecondsLow = verdict.IsTerminal() ? 0 : interval.Low,
            RemainingSecondsHigh = verdict.IsTerminal() ? 0 : interval.High,
            ExpectedDowntimeMilliseconds = Downtime(state, interval),
            Factor = FactorOf(state, verdict),
            Pass = state.LastPass,
            RemainingBytes = state.Remaining,
            LeftBytes = state.Left,
            TransferBytesPerSecond = state.Rate,
            DirtyBytesPerSecond = state.Passes.Count > 0 ? state.Passes[0].DirtyBytesPerSecond : 0,
            DowntimeLimit = TimeSpan.FromSeconds(state.DowntimeLimit),
            BandwidthLimit = state.BandwidthLimit,
            ThrottlePercent = state.Throttle,
            ThrottledInVain = state.Progress.ThrottledInVain,
            NeedsDowntimeSeconds = knobs.DowntimeSeconds,
            NeedsBytesPerSecond = knobs.BytesPerSecond,
            PostcopySeconds = knobs.PostcopySeconds,
            PostcopyEnabled = state.Postcopy,
            Error = state.Error,
        };
    }

    private static double? Downtime(in MigrationState state, in Interval interval)
    {
        if (state.Phase is MigrationPhase.Completed || state.WasPostcopy)
            return (state.WasPostcopy ? state.ObservedDowntime ?? state.Downtime : state.Downtime ?? state.ObservedDowntime)?.TotalMilliseconds;
        return double.IsNaN(interval.SwitchoverBytes) || state.Rate <= 0 ? null : 1000 * Math.Min(interval.SwitchoverBytes / state.Rate, state.DowntimeLimit);
    }

    private static LimitingFactor FactorOf(in MigrationState state, MigrationVerdict verdict) => (verdict, state.Phase) switch
    {
        (MigrationVerdict.Done or MigrationVerdict.Cancelled, _) => LimitingFactor.None,
        (MigrationVerdict.Failed, _) => state.Error is null ? LimitingFactor.None : LimitingFactor.Error,
        (MigrationVerdict.SwitchingOver, _) => LimitingFactor.Switchover,
        (_, MigrationPhase.PostcopyActive) => LimitingFactor.Postcopy,
        (_, MigrationPhase.PostcopyPaused or MigrationPhase.PostcopyRecover) => LimitingFactor.Connection,
        _ when state.Rate <= 0 => LimitingFactor.NotBegun,
        _ when state.Passes.Count == 0 => LimitingFactor.FirstPass,
        (MigrationVerdict.Stagnating or MigrationVerdict.WillNotConverge or MigrationVerdict.Slow, _) =>
            state.Left < 3 * state.Threshold && state.Progress.Flat > 0 ? LimitingFactor.DowntimeLimit : LimitingFactor.DirtyRate,
        _ => state.Limited ? LimitingFactor.BandwidthLimit : LimitingFactor.TransferRate,
    };
}
