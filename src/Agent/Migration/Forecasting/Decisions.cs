using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// Which forecasts say something new, so that a reader need not see every sample: another verdict, another limiting factor, another
/// pass, advice that comes or goes, and once a second the interval that counts down.
/// </summary>
public struct Decisions
{
    /// <summary>How long an interval may go without being told again.</summary>
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private MigrationForecast? _last;

    public bool IsNew(in MigrationForecast forecast)
    {
        if (_last is { } last && Same(last, forecast)) return false;
        _last = forecast;
        return true;
    }

    private static bool Same(in MigrationForecast last, in MigrationForecast now) =>
        last.Verdict == now.Verdict && last.Factor == now.Factor && last.Pass == now.Pass
        && last.NeedsDowntimeSeconds is null == now.NeedsDowntimeSeconds is null
        && last.PostcopySeconds is null == now.PostcopySeconds is null
        && (now.Verdict.IsTerminal() ? last.ExpectedDowntimeMilliseconds == now.ExpectedDowntimeMilliseconds : now.At - last.At < s_every);
}
