using Microsoft.Extensions.Logging;

namespace NodeAgent.Network.Health;

/// <summary>What watching over bonds, uplinks and MAC addresses has to say. Event ids 1850 to 1899.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1850, LogLevel.Warning, "the bonds cannot be listed, what LACP says may be old: {Message}")]
    public static partial void BondsNotListed(this ILogger log, string message);

    [LoggerMessage(1851, LogLevel.Warning, "MAC addresses are not watched: {Message}; next try in {Seconds:0} s")]
    public static partial void ForwardingNotWatched(this ILogger log, string message, double seconds);

    [LoggerMessage(1852, LogLevel.Information, "messages about MAC addresses were lost, the tables are listed again")]
    public static partial void ForwardingLost(this ILogger log);

    [LoggerMessage(1853, LogLevel.Warning, "more than {Count} MAC addresses: moves of further ones are not watched")]
    public static partial void TooManyAddresses(this ILogger log, int count);
}
