using Microsoft.Extensions.Logging;

namespace NodeAgent.Verdicts;

/// <summary>What the daemon says of verdicts and of their record. Event ids 1800 to 1829.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1800, LogLevel.Information, "{Kind} {State}: {Sentence}")]
    public static partial void VerdictGood(this ILogger log, string kind, string state, string sentence);

    [LoggerMessage(1801, LogLevel.Warning, "{Kind} {State}: {Sentence}")]
    public static partial void VerdictBad(this ILogger log, string kind, string state, string sentence);

    [LoggerMessage(1802, LogLevel.Information, "{Kind} {Object} is gone, it was {State}")]
    public static partial void VerdictGone(this ILogger log, string kind, string @object, string state);

    [LoggerMessage(1803, LogLevel.Error, "changes of verdicts are not kept on disk: {Error}; those of this process are in memory, the next try is in 30 s")]
    public static partial void VerdictsNotKept(this ILogger log, string error);

    [LoggerMessage(1804, LogLevel.Information, "changes of verdicts are kept on disk again")]
    public static partial void VerdictsKeptAgain(this ILogger log);

    [LoggerMessage(1805, LogLevel.Warning, "{File}: {Count} damaged lines are left out")]
    public static partial void VerdictLinesLost(this ILogger log, string file, int count);

    [LoggerMessage(1806, LogLevel.Warning, "the record of verdicts cannot be read and begins anew: {Error}")]
    public static partial void VerdictsNotRead(this ILogger log, string error);
}
