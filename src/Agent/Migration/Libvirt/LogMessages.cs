using Microsoft.Extensions.Logging;

namespace NodeAgent.Migration.Libvirt;

/// <summary>What is said of libvirt's daemons. Event ids 2020 to 2039.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(2020, LogLevel.Information, "guests are read by {Name}")]
    public static partial void Connected(this ILogger log, string name);

    [LoggerMessage(2021, LogLevel.Warning, "guests cannot be read: {Reason}; it is tried again until they can")]
    public static partial void Lost(this ILogger log, string reason);

    [LoggerMessage(2022, LogLevel.Information, "guests are read by {Name} again")]
    public static partial void Back(this ILogger log, string name);
}
