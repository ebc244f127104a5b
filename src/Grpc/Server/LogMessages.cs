using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>Event ids 1900-1999.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1900, LogLevel.Error, "{Method}: the service threw an exception; the client gets UNKNOWN")]
    public static partial void ServiceFailed(this ILogger logger, Exception exception, string method);

    [LoggerMessage(1901, LogLevel.Debug, "{Method}: {Status}: {Detail}")]
    public static partial void CallFailed(this ILogger logger, string method, string status, string detail);

    [LoggerMessage(1902, LogLevel.Debug, "{Method}: the deadline passed; the service still runs")]
    public static partial void DeadlinePassed(this ILogger logger, string method);
}
