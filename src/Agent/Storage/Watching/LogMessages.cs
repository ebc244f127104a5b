using Microsoft.Extensions.Logging;

namespace NodeAgent.Storage.Watching;

/// <summary>What is said of how storage is read. Event ids 1600 to 1649.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1600, LogLevel.Information, "storage: {Reason}; multipath maps: {Maps}")]
    public static partial void Source(this ILogger log, string reason, int maps);

    [LoggerMessage(1601, LogLevel.Warning, "storage: {Reason}; multipath maps: {Maps}")]
    public static partial void WorseSource(this ILogger log, string reason, int maps);

    [LoggerMessage(1602, LogLevel.Warning, "no device events of the kernel: {Message}; storage is read every {Seconds:0} s")]
    public static partial void NoUevents(this ILogger log, string message, double seconds = 30);

    [LoggerMessage(1603, LogLevel.Warning, "device events of the kernel were lost: all storage is read again")]
    public static partial void UeventsLost(this ILogger log);

    [LoggerMessage(1604, LogLevel.Information, "this kernel has no events of device-mapper to wait for (4.13 has): its device events are waited for alone")]
    public static partial void NoDmEvents(this ILogger log);

    [LoggerMessage(1605, LogLevel.Error, "what was read of storage could not be told: {Message}")]
    public static partial void NotTold(this ILogger log, string message);
}
