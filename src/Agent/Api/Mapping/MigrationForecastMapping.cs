using NodeAgent.Migration.Forecasting;

namespace NodeAgent.Api.Mapping;

/// <summary>Forecasts as messages. There is no way back: what limits a migration and what would help are sentences there.</summary>
internal static class MigrationForecastMapping
{
    public static V1.Forecast ToWire(in MigrationForecast forecast) => new()
    {
        Verdict = MigrationEnumMapping.ToWire(forecast.Verdict),
        AtLeast = MigrationNumbers.Seconds(forecast.RemainingSecondsLow),
        AtMost = MigrationNumbers.Seconds(forecast.RemainingSecondsHigh),
        ExpectedDowntime = MigrationNumbers.Milliseconds(forecast.ExpectedDowntimeMilliseconds),
        LimitingFactor = ForecastText.Factor(forecast) ?? "",
        Advice = ForecastText.Advice(forecast) ?? "",
        NeedsDowntimeLimit = MigrationNumbers.Seconds(forecast.NeedsDowntimeSeconds),
        NeedsBandwidthBytesPerSecond = MigrationNumbers.Bytes(forecast.NeedsBytesPerSecond),
        Postcopy = MigrationNumbers.Seconds(forecast.PostcopySeconds),
    };
}
