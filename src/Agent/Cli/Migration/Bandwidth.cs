using System.Globalization;
using NodeAgent.Config;

namespace NodeAgent.Cli.Migration;

/// <summary>Bandwidths as people write them: "1GiB/s", "500 MB/s" in bytes, "10Gbit/s", "10Gbps" in bits.</summary>
internal static class Bandwidth
{
    /// <exception cref="CliException">It is none.</exception>
    public static ulong Parse(string option, string text) => TryParse(text.Trim(), out var bytes) ? bytes
        : throw new CliException(ExitCode.Invalid, $"{option} {SafeText.Of(text)}: expected bytes or bits a second such as 1GiB/s, 500MB/s or 10Gbit/s");

    private static bool TryParse(string text, out ulong bytesPerSecond)
    {
        bytesPerSecond = 0;
        if (text.EndsWith("bit/s", StringComparison.OrdinalIgnoreCase)) text = text[..^"bit/s".Length] + "bps";
        if (text.EndsWith("bps", StringComparison.Ordinal))
        {
            if (!Quantities.TryRate(text, out var bits)) return false;
            bytesPerSecond = (ulong)bits / 8;
        }
        else if (text.EndsWith("/s", StringComparison.Ordinal) && Quantities.TryBytes(text[..^"/s".Length], out var bytes))
        {
            bytesPerSecond = (ulong)bytes;
        }

        return bytesPerSecond > 0;
    }

    /// <summary>"300ms", "1.5s".</summary>
    /// <exception cref="CliException">It is none, or not between 1 ms and an hour.</exception>
    public static TimeSpan Time(string option, string text, TimeSpan least, TimeSpan most)
    {
        var (unit, scale) = text.EndsWith("ms", StringComparison.Ordinal) ? ("ms", 0.001) : text.EndsWith('s') ? ("s", 1.0) : text.EndsWith('m') ? ("m", 60.0) : ("", 0.0);
        if (scale > 0 && double.TryParse(text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * scale >= least.TotalSeconds && number * scale <= most.TotalSeconds) return TimeSpan.FromSeconds(number * scale);
        throw new CliException(ExitCode.Invalid, $"{option} {SafeText.Of(text)}: expected a time between {Words(least)} and {Words(most)}, such as {(most.TotalSeconds > 60 ? "300ms" : "1s")}");
    }

    private static string Words(TimeSpan span) => span.TotalSeconds < 1 ? $"{span.TotalMilliseconds:0}ms" : $"{span.TotalSeconds:0}s";
}
