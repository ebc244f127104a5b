using System.Globalization;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>A forecast's limiting factor and advice as sentences; null where there is nothing to say.</summary>
public static class ForecastText
{
    /// <summary>Passes after which a throttle that changed nothing is mentioned.</summary>
    private const int InVain = 2;

    public static string? Factor(in MigrationForecast forecast) => forecast.Factor switch
    {
        LimitingFactor.NotBegun => "no memory has been sent yet",
        LimitingFactor.FirstPass => $"the first pass is not over ({Rate(forecast.TransferBytesPerSecond)}): how fast memory is dirtied is known after it",
        LimitingFactor.BandwidthLimit => $"the bandwidth limit of {Rate(forecast.BandwidthLimit ?? 0)}; memory is dirtied at {Rate(forecast.DirtyBytesPerSecond)}",
        LimitingFactor.TransferRate => $"the transfer rate of {Rate(forecast.TransferBytesPerSecond)}; memory is dirtied at {Rate(forecast.DirtyBytesPerSecond)}",
        LimitingFactor.DirtyRate => DirtyRate(forecast),
        LimitingFactor.DowntimeLimit => $"the downtime limit of {Milliseconds(forecast.DowntimeLimit)}: each pass leaves {Size(forecast.LeftBytes)}, {Seconds(forecast.LeftBytes / forecast.TransferBytesPerSecond)} at {Rate(forecast.TransferBytesPerSecond)}{Throttle(forecast)}",
        LimitingFactor.Switchover => "the guest stands still while the rest is sent",
        LimitingFactor.Postcopy => $"post-copy: the guest runs on the destination, {Size(forecast.RemainingBytes)} follow at {Rate(forecast.TransferBytesPerSecond)}",
        LimitingFactor.Connection => $"post-copy stands still: the connection between the hosts is lost, {Size(forecast.RemainingBytes)} of the guest are on the source alone",
        LimitingFactor.Error => forecast.Error,
        _ => null,
    };

    public static string? Advice(in MigrationForecast forecast)
    {
        if (forecast.Factor == LimitingFactor.Connection) return "restore the connection and recover the migration (migrate-recover, virsh migrate --postcopy-resume); neither side can go on alone";
        var needs = (forecast.NeedsDowntimeSeconds, forecast.NeedsBytesPerSecond) switch
        {
            ({ } downtime, { } rate) => $"needs a downtime limit of {Seconds(downtime)}, or needs {Round(rate)}, has {Rate(forecast.TransferBytesPerSecond)}",
            ({ } downtime, null) => $"needs a downtime limit of {Seconds(downtime)}",
            (null, { } rate) => $"needs {Round(rate)}, has {Rate(forecast.TransferBytesPerSecond)}",
            _ => null,
        };
        var postcopy = (forecast.PostcopySeconds, forecast.PostcopyEnabled) switch
        {
            (null, _) => null,
            ({ } seconds, false) => $"post-copy would finish in about {About(seconds)}, had it been enabled at the start",
            ({ } seconds, _) => $"post-copy would finish in about {About(seconds)}",
        };
        var throttle = forecast.ThrottledInVain >= InVain ? $"throttling has not helped in {forecast.ThrottledInVain} passes" : null;
        return Join(Join(needs, postcopy), throttle);
    }

    private static string? Join(string? first, string? second) => first is null ? second : second is null ? first : $"{first}; {second}";

    private static string DirtyRate(in MigrationForecast forecast)
    {
        var left = Size(forecast.LeftBytes);
        return forecast.Verdict == MigrationVerdict.Slow
            ? $"memory is dirtied at {Rate(forecast.DirtyBytesPerSecond)} and sent at {Rate(forecast.TransferBytesPerSecond)}: the last pass left {left}{Throttle(forecast)}"
            : $"memory is dirtied as fast as it is sent ({Rate(forecast.TransferBytesPerSecond)}): each pass leaves {left}{Throttle(forecast)}";
    }

    private static string Throttle(in MigrationForecast forecast) => forecast.ThrottlePercent > 0 ? $", throttled at {forecast.ThrottlePercent} %" : "";

    /// <summary>No more digits than an estimate has.</summary>
    private static string About(double seconds) => seconds is >= 0.95 and < 9.95 ? Seconds(Math.Round(seconds)).Replace(".0", "", StringComparison.Ordinal) : Seconds(seconds);

    private static string Round(double bytesPerSecond)
    {
        var mebibytes = bytesPerSecond / (1 << 20);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(mebibytes, 1))) - 1);
        return Rate(Math.Ceiling(mebibytes / unit) * unit * (1 << 20));
    }

    private static string Rate(double bytesPerSecond) => Text(bytesPerSecond / (1 << 20), "MiB/s");

    private static string Size(double bytes) => bytes >= 10L << 30 ? Text(bytes / (1 << 30), "GiB") : Text(bytes / (1 << 20), "MiB");

    private static string Milliseconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms");

    /// <summary>Seconds with one digit below ten, else whole; minutes and hours from 100 s on.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0} h"),
    };

    private static string Text(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{(value < 9.95 ? Math.Round(value, 1) : Math.Round(value))} {unit}");
}
