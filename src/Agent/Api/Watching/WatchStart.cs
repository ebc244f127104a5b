using Google.Protobuf.WellKnownTypes;

namespace NodeAgent.Api.Watching;

/// <summary>How a watcher wants to be told.</summary>
/// <param name="Epoch">Of the last message it received; 0: none.</param>
/// <param name="Version">Of the last message it received.</param>
/// <param name="Heartbeat">How long it may be silent.</param>
public readonly record struct WatchStart(long Epoch, long Version, TimeSpan Heartbeat)
{
    public static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan LeastHeartbeat = TimeSpan.FromSeconds(1);

    // Timers take no more than 49 days.
    private static readonly TimeSpan s_mostHeartbeat = TimeSpan.FromDays(1);

    /// <summary>The heartbeat of a request: unset is the default; what is too small or too large is the nearest that is not.</summary>
    public static TimeSpan HeartbeatOf(Duration? asked)
    {
        if (asked is null) return DefaultHeartbeat;
        if (asked.Seconds < LeastHeartbeat.TotalSeconds) return LeastHeartbeat;
        if (asked.Seconds >= s_mostHeartbeat.TotalSeconds) return s_mostHeartbeat;
        return TimeSpan.FromSeconds(asked.Seconds) + TimeSpan.FromTicks(asked.Nanos / TimeSpan.NanosecondsPerTick);
    }
}
