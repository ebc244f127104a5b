using Microsoft.Extensions.Logging;

namespace NodeAgent.Config;

/// <summary>What is said of the configuration. Event ids 1500 to 1549.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1500, LogLevel.Information, "configuration read again: nothing changed")]
    public static partial void Unchanged(this ILogger log);

    [LoggerMessage(1501, LogLevel.Information, "configuration read again: in force now: {Keys}")]
    public static partial void Changed(this ILogger log, string keys);

    [LoggerMessage(1502, LogLevel.Warning, "{Key} changed: takes effect at the next start")]
    public static partial void AtNextStart(this ILogger log, string key);

    [LoggerMessage(1503, LogLevel.Error, "{Error}")]
    public static partial void Wrong(this ILogger log, string error);

    [LoggerMessage(1504, LogLevel.Error, "the configuration read again is wrong, nothing of it is taken: the one from before stays in force (errors: {Count})")]
    public static partial void Kept(this ILogger log, int count);

    [LoggerMessage(1505, LogLevel.Warning, "changes of {File} are not noticed, only SIGHUP reads it again: {Message}")]
    public static partial void NotWatched(this ILogger log, string file, string message);

    [LoggerMessage(1590, LogLevel.Information, "{Folder} does not exist: the defaults are in force, and a configuration put there is read at SIGHUP")]
    public static partial void NoFolderYet(this ILogger log, string folder);
}
