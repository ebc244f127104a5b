using Microsoft.Extensions.Logging;

namespace NodeAgent.Migration.History;

/// <summary>What the daemon says of the record of migrations. Event ids 2080 to 2099; 2089 was used once.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(2080, LogLevel.Error, "{File} is damaged ({Reason}): what can be read of it is kept, the file as it was is in {Aside}")]
    public static partial void HistoryDamaged(this ILogger log, string file, string reason, string aside);

    [LoggerMessage(2081, LogLevel.Warning, "{File} ends in a line of {Bytes} bytes that was not written to its end; it is left out")]
    public static partial void HistoryTorn(this ILogger log, string file, int bytes);

    [LoggerMessage(2082, LogLevel.Error, "{File} cannot be read: {Reason}; it begins anew once it can be moved out of the way")]
    public static partial void HistoryNotRead(this ILogger log, string file, string reason);

    [LoggerMessage(2083, LogLevel.Error, "{File} could not be read and was moved to {Aside}")]
    public static partial void HistoryUnreadAside(this ILogger log, string file, string aside);

    [LoggerMessage(2084, LogLevel.Error, "{File} was written by a newer nodeagent: its format is {Format}, this one reads {Known}. It is not read and will not be changed")]
    public static partial void HistoryNewer(this ILogger log, string file, int format, int known);

    [LoggerMessage(2085, LogLevel.Warning, "{File} of a newer nodeagent was moved to {Aside}, and a new one begun; move it back when that nodeagent runs again")]
    public static partial void HistoryNewerAside(this ILogger log, string file, string aside);

    [LoggerMessage(2086, LogLevel.Error, "the record of migrations cannot be written: {Reason}; it is in memory, the next try is in 30 s")]
    public static partial void HistoryNotKept(this ILogger log, string reason);

    [LoggerMessage(2087, LogLevel.Information, "the record of migrations is written again")]
    public static partial void HistoryKeptAgain(this ILogger log);

    [LoggerMessage(2088, LogLevel.Warning, "more than {Most} migrations are under way: the others will not be known after a restart of the agent before they end")]
    public static partial void HistoryTooManyOpen(this ILogger log, int most);
}
