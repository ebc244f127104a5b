using Microsoft.Extensions.Logging;

namespace NodeAgent.Hosting;

/// <summary>What the daemon says of what it serves and to whom. Event ids 1300 to 1399.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1300, LogLevel.Information, "{Listener}: listening on {Place}")]
    public static partial void Listening(this ILogger log, string listener, string place);

    [LoggerMessage(1301, LogLevel.Error, "{Listener}: {Message}; the network is looked after all the same; next try in {Seconds:0} s")]
    public static partial void NotListening(this ILogger log, string listener, string message, double seconds);
}
