using Microsoft.Extensions.Logging;

namespace NodeAgent.Migration.Sampling;

/// <summary>What is said of migrations and their sampling. Event ids 2050 to 2079, 2220.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(2050, LogLevel.Error, "the source of guest {Domain} (pid {Pid}) could not be opened")]
    public static partial void NotOpened(this ILogger log, string domain, int pid, Exception exception);

    [LoggerMessage(2051, LogLevel.Debug, "the source of guest {Domain} (pid {Pid}) did not end well: {Message}")]
    public static partial void NotClosed(this ILogger log, string domain, int pid, string message);

    [LoggerMessage(2052, LogLevel.Information, "{Guest}: {Direction} migration {Id} began{Found}")]
    public static partial void Began(this ILogger log, string guest, string direction, string id, string found);

    [LoggerMessage(2053, LogLevel.Warning, "{Guest}: the migration is {Verdict}{Factor}{Advice}")]
    public static partial void Stands(this ILogger log, string guest, string verdict, string factor, string advice);

    [LoggerMessage(2054, LogLevel.Information, "{Guest}: {Direction} migration {Outcome} after {Seconds:0.0} s{Passes}{Downtime}{Reason}")]
    public static partial void Ended(this ILogger log, string guest, string direction, string outcome, double seconds, string passes, string downtime, string reason);

    [LoggerMessage(2055, LogLevel.Warning, "{Guest}: {Direction} migration ended as {Outcome} after {Seconds:0.0} s{Passes}{Downtime}{Reason}")]
    public static partial void EndedBadly(this ILogger log, string guest, string direction, string outcome, double seconds, string passes, string downtime, string reason);

    [LoggerMessage(2220, LogLevel.Information, "{Guest} (pid {Pid}): its migrations are not seen: {Reason}")]
    public static partial void NotFollowed(this ILogger log, string guest, int pid, string reason);
}
