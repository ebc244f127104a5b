using System.Text.Json.Nodes;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;

namespace NodeAgent.Cli.Migration;

/// <summary>One decision for programs.</summary>
internal static class ForecastJson
{
    public static JsonObject Of(in MigrationForecast forecast) => new()
    {
        ["t"] = Round(forecast.At.TotalSeconds, 3),
        ["verdict"] = forecast.Verdict.Name(),
        ["remainingSecondsLow"] = Round(forecast.RemainingSecondsLow, 2),
        ["remainingSecondsHigh"] = Round(forecast.RemainingSecondsHigh, 2),
        ["expectedDowntimeMilliseconds"] = Round(forecast.ExpectedDowntimeMilliseconds, 0),
        ["limitingFactor"] = ForecastText.Factor(forecast),
        ["advice"] = ForecastText.Advice(forecast),
    };

    private static JsonNode? Round(double? value, int digits) => value is { } number && double.IsFinite(number) ? JsonValue.Create(Math.Round(number, digits)) : null;
}
