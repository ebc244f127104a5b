using Microsoft.Extensions.Logging;

namespace NodeAgent.Kvm;

/// <summary>What is said of KVM. Event ids 1700 to 1799.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1702, LogLevel.Warning, "the kernel's device events cannot be heard, KVM is checked once a minute only: {Message}")]
    public static partial void NoEvents(this ILogger log, string message);

    [LoggerMessage(1703, LogLevel.Error, "KVM could not be checked")]
    public static partial void CheckFailed(this ILogger log, Exception exception);
}
