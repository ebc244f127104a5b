using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using NodeAgent.Migration.Forecasting;

namespace NodeAgent.Cli.Migration;

/// <summary>Bytes, rates and times for people.</summary>
internal static class Amounts
{
    /// <summary>"303 MiB", "1.5 GiB"; three digits at most.</summary>
    public static string Size(ulong bytes) => Text(bytes, "");

    /// <summary>"48 MiB/s".</summary>
    public static string Rate(ulong bytesPerSecond) => Text(bytesPerSecond, "/s");

    /// <summary>"6 to 9 s", "at least 6 s", "-" where nobody can say.</summary>
    public static string Interval(Duration? low, Duration? high) => (low, high) switch
    {
        ({ } least, { } most) => SpanText.Of(least.ToTimeSpan().TotalSeconds, most.ToTimeSpan().TotalSeconds),
        ({ } least, null) => $"at least {ForecastText.Seconds(least.ToTimeSpan().TotalSeconds)}",
        (null, { } most) => $"at most {ForecastText.Seconds(most.ToTimeSpan().TotalSeconds)}",
        _ => "-",
    };

    /// <summary>"180 ms", "2.1 s".</summary>
    public static string Short(Duration span)
    {
        var time = span.ToTimeSpan();
        return time.TotalSeconds < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms") : ForecastText.Seconds(time.TotalSeconds);
    }

    /// <summary>"12 s", "1 min 23 s".</summary>
    public static string Long(TimeSpan span) => span.TotalSeconds < 10 ? ForecastText.Seconds(Math.Max(0, span.TotalSeconds)) : Spans.Short(span);

    private static string Text(ulong bytes, string per)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 999.5 && unit < units.Length - 1) (value, unit) = (value / 1024, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{(value < 9.95 && unit > 0 ? Math.Round(value, 1) : Math.Round(value))} {units[unit]}{per}");
    }
}
