using System.Globalization;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>How a migration stands, in one sentence that is safe to show.</summary>
internal static class Sentences
{
    public static string Of(Api.V1.Migration migration) => SafeText.Of(migration.IsOver() ? End(migration) : UnderWay(migration));

    private static string UnderWay(Api.V1.Migration migration)
    {
        if (migration.Limitation.Length > 0 && migration.Counters is null) return migration.Limitation;
        if (migration.Phase == MigrationPhase.Cancelling) return "being cancelled: the guest goes on where it is";
        var forecast = migration.Forecast;
        return (forecast?.Verdict ?? ForecastVerdict.Unspecified) switch
        {
            ForecastVerdict.Unspecified => migration.Direction == MigrationDirection.Incoming ? "on its way here: its figures are on the node it comes from" : "nothing is known of it yet",
            ForecastVerdict.TooEarly when migration.Counters is null => "no memory has been sent yet",
            ForecastVerdict.TooEarly => $"{Pass(migration)}too early to tell{Early(forecast!)}",
            ForecastVerdict.WillNotConverge => $"will not converge{Why(forecast!)}",
            ForecastVerdict.Stagnating => $"{Pass(migration)}stagnating{Why(forecast!)}",
            ForecastVerdict.Slow => $"{Pass(migration)}slow: ends in {Ends(forecast!)}{Stops(forecast!)}{Also(forecast!)}",
            ForecastVerdict.SwitchingOver => $"switching over: ends in {Ends(forecast!)}{Stops(forecast!)}",
            _ when migration.Phase is MigrationPhase.Postcopy => $"post-copy: the guest runs on the other node, its memory is there in {Ends(forecast!)}",
            _ => $"{Pass(migration)}converging: ends in {Ends(forecast!)}{Stops(forecast!)}",
        };
    }

    private static string End(Api.V1.Migration migration)
    {
        var took = migration is { Started: { } started, Ended: { } ended } ? Amounts.Long(ended.ToDateTimeOffset() - started.ToDateTimeOffset()) : null;
        var why = migration.Error.Length > 0 ? $": {migration.Error}" : "";
        return migration.Phase switch
        {
            MigrationPhase.Completed => $"done{(took is null ? "" : $" in {took}")}{(migration.Downtime is { } downtime ? $", guest stopped for {Amounts.Short(downtime)}" : "")}{Passes(migration)}",
            MigrationPhase.Failed => $"failed{(took is null ? "" : $" after {took}")}{why}",
            MigrationPhase.Cancelled => $"cancelled{(took is null ? "" : $" after {took}")}{why}",
            _ => $"ended{(took is null ? "" : $" after {took}")}, nobody knows how{why}",
        };
    }

    private static string Pass(Api.V1.Migration migration) => migration.Counters is { Passes: > 0 } counters && migration.Phase == MigrationPhase.Precopy
        ? string.Create(CultureInfo.InvariantCulture, $"pass {counters.Passes}, ")
        : "";

    private static string Passes(Api.V1.Migration migration) => migration.Counters is { Passes: > 1 } counters ? string.Create(CultureInfo.InvariantCulture, $", {counters.Passes} passes") : "";

    private static string Early(Forecast forecast) => (forecast.AtLeast, forecast.AtMost) switch
    {
        (_, not null) => $": ends in {Amounts.Interval(forecast.AtLeast, forecast.AtMost)} if it dirties what was measured",
        (not null, null) => $": takes {Amounts.Interval(forecast.AtLeast, null)} more",
        _ => "",
    };

    private static string Ends(Forecast forecast) => Amounts.Interval(forecast.AtLeast, forecast.AtMost) is var ends && ends == "-" ? "a time that nobody can say" : ends;

    private static string Stops(Forecast forecast) => forecast.ExpectedDowntime is { } downtime ? $", guest stops for at most {Amounts.Short(downtime)}" : "";

    private static string Why(Forecast forecast) => $"{(forecast.LimitingFactor.Length > 0 ? $": {forecast.LimitingFactor}" : "")}{Also(forecast)}";

    private static string Also(Forecast forecast) => forecast.Advice.Length > 0 ? $"; {forecast.Advice}" : "";
}
