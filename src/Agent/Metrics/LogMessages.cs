using Microsoft.Extensions.Logging;

namespace NodeAgent.Metrics;

/// <summary>Event ids 1400-1499.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1400, LogLevel.Warning, "metrics: reading {Collector} failed: {Reason}; what was read before is shown until it is too old")]
    internal static partial void CollectorFailed(this ILogger log, string collector, string reason);

    [LoggerMessage(1401, LogLevel.Information, "metrics: reading {Collector} works again")]
    internal static partial void CollectorRecovered(this ILogger log, string collector);

    [LoggerMessage(1402, LogLevel.Warning, "metrics: reading {Path} of link {Link} has been stuck for {Seconds:0} s; look at its driver. The other links are read without it")]
    internal static partial void AttributeStuck(this ILogger log, string path, string link, double seconds);

    [LoggerMessage(1403, LogLevel.Information, "metrics: a scraper at {Peer} took longer than {Seconds:0} s to read and was given up")]
    internal static partial void ScrapeGivenUp(this ILogger log, string peer, double seconds);

    [LoggerMessage(1404, LogLevel.Information, "metrics: exported every {Seconds:0} s to {Endpoint} by OTLP ({Protocol})")]
    internal static partial void OtlpStarted(this ILogger log, double seconds, Uri endpoint, string protocol);

    [LoggerMessage(1405, LogLevel.Warning, "metrics: {Endpoint} does not take what is exported by OTLP ({Reason}); it is tried again at every interval")]
    internal static partial void OtlpFailed(this ILogger log, Uri endpoint, string reason);

    [LoggerMessage(1406, LogLevel.Information, "metrics: {Endpoint} takes what is exported by OTLP again")]
    internal static partial void OtlpRecovered(this ILogger log, Uri endpoint);
}
