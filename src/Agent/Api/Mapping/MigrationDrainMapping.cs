using NodeAgent.Migration.Drain;
using NodeAgent.Migration.Forecasting;

namespace NodeAgent.Api.Mapping;

/// <summary>Forecasts of migrations that have not begun as messages.</summary>
internal static class MigrationDrainMapping
{
    public static V1.GetDrainForecastResponse ToWire(DrainForecast forecast)
    {
        var wire = new V1.GetDrainForecastResponse
        {
            AtLeast = MigrationNumbers.Seconds(forecast.LowSeconds),
            AtMost = MigrationNumbers.Seconds(forecast.HighSeconds),
            Basis = forecast.Basis,
            Summary = forecast.Summary,
            Parallel = (uint)forecast.Parallel,
            BandwidthBytesPerSecond = MigrationNumbers.Bytes(forecast.BytesPerSecond),
        };
        foreach (var guest in forecast.Guests) wire.Guests.Add(ToWire(guest));
        return wire;
    }

    /// <summary>Of one guest, as an answer of its own.</summary>
    public static V1.GetMigrationForecastResponse One(DrainForecast forecast)
    {
        var guest = forecast.Guests[0];
        return new V1.GetMigrationForecastResponse
        {
            Forecast = Forecast(guest),
            Basis = guest.Guest.Running is { } running ? UnderWay(running.Forecast) : forecast.Basis,
            Blockers = { guest.Blockers },
            Unknowns = { guest.Unknowns },
        };
    }

    private static V1.GuestDrainForecast ToWire(GuestDrain guest)
    {
        var state = guest.Guest.State;
        return new V1.GuestDrainForecast
        {
            Guest = MigrationGuestMapping.Ref(state.Guest),
            Forecast = Forecast(guest),
            Blockers = { guest.Blockers },
            Unknowns = { guest.Unknowns },
            MemoryBytes = MigrationNumbers.Bytes(state.Guest.MemoryBytes),
            DirtyRate = state.DirtyRate is { } rate ? MigrationGuestMapping.ToWire(rate) : null,
        };
    }

    // Of one that is under way all that its own forecast says.
    private static V1.Forecast? Forecast(GuestDrain guest) =>
        guest.Guest.Running is { } running ? MigrationForecastMapping.ToWire(running.Forecast)
        : guest.Verdict is not { } verdict ? null
        : new V1.Forecast
        {
            Verdict = MigrationEnumMapping.ToWire(verdict),
            AtLeast = MigrationNumbers.Seconds(guest.LowSeconds),
            AtMost = MigrationNumbers.Seconds(guest.HighSeconds),
            ExpectedDowntime = MigrationNumbers.Milliseconds(guest.ExpectedDowntimeMilliseconds),
            LimitingFactor = guest.Factor ?? "",
            Advice = guest.Advice ?? "",
            NeedsBandwidthBytesPerSecond = MigrationNumbers.Bytes(guest.NeedsBytesPerSecond),
            Postcopy = MigrationNumbers.Seconds(guest.PostcopySeconds),
        };

    private static string UnderWay(in MigrationForecast forecast) => forecast.Pass switch
    {
        0 => "its migration under way, of which nothing was sent yet",
        1 => $"its migration under way, in the first pass: {DrainText.Rate(forecast.TransferBytesPerSecond)} sent",
        _ => $"its migration under way, in pass {forecast.Pass}: {DrainText.Rate(forecast.TransferBytesPerSecond)} sent, {DrainText.Rate(forecast.DirtyBytesPerSecond)} dirtied in the last pass",
    };
}
