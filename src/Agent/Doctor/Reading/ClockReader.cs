using System.Runtime.InteropServices;
using NodeAgent.Doctor.Facts;
using NodeAgent.Files;
using NodeAgent.Native.Linux;

namespace NodeAgent.Doctor.Reading;

/// <summary>How the clock is kept.</summary>
internal static class ClockReader
{
    // As /proc/PID/comm has them: at most 15 letters.
    private static readonly string[] s_daemons = ["chronyd", "ntpd", "systemd-timesyn", "ptp4l", "phc2sys", "openntpd"];

    public static ClockFacts Read(HostPaths paths, Func<Known<ClockState>> clock)
    {
        var folder = Path.Combine(paths.Sys, "devices/system/clocksource/clocksource0");
        var file = Path.Combine(folder, "current_clocksource");
        var source = Known<string>.Of(HostFile.Read(file), file, "the name of a clock source", static text => text.Length is > 0 and < 32 && !text.AsSpan().ContainsAny(" \n\t:/") ? Known<string>.Of(text) : null);
        var daemons = ProcessNames.Find(paths, static name => Array.IndexOf(s_daemons, name) >= 0).Select(static p => p.Name).Distinct(StringComparer.Ordinal);
        return new ClockFacts(clock(), [.. daemons], source, HostText.Shorten(HostFile.Read(Path.Combine(folder, "available_clocksource")).Text ?? ""));
    }

    /// <summary>Asks the running kernel.</summary>
    public static Known<ClockState> Kernel()
    {
        if (Timex.Read() is not { } found) return Known<ClockState>.Failed($"adjtimex: {Errno.Name(Marshal.GetLastPInvokeError())}");
        return Known<ClockState>.Of(new ClockState((found.Status & Timex.STA_UNSYNC) == 0, TimeSpan.FromMicroseconds(found.MaxErrorMicroseconds)));
    }
}
