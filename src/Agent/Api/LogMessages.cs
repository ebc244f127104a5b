using Microsoft.Extensions.Logging;

namespace NodeAgent.Api;

/// <summary>What the API logs; event ids 1200 to 1299.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1200, LogLevel.Warning, "{Kind} of {Policy} for {Caller} came to nothing ({Outcome}): {Message}")]
    public static partial void ChangeFailed(this ILogger logger, string kind, string policy, string caller, string outcome, string message);

    [LoggerMessage(1201, LogLevel.Error, "{Method} failed")]
    public static partial void Defect(this ILogger logger, string method, Exception error);
}
