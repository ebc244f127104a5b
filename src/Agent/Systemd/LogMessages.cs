using Microsoft.Extensions.Logging;

namespace NodeAgent.Systemd;

/// <summary>What the daemon says of itself to whoever looks after it. Event ids 1550 to 1599.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1550, LogLevel.Error, "{Problem}: the service manager is not told that the daemon lives, and ends it {Seconds:0} s after it last was")]
    public static partial void NotAlive(this ILogger log, string problem, double seconds);
}
