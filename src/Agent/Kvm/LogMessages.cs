using Microsoft.Extensions.Logging;

namespace NodeAgent.Kvm;

/// <summary>What is said of KVM. Event ids 1700 to 1799.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1700, LogLevel.Information, "{Sentence}")]
    public static partial void Usable(this ILogger log, string sentence);

    [LoggerMessage(1701, LogLevel.Warning, "KVM cannot be used: {Sentence}")]
    public static partial void NotUsable(this ILogger log, string sentence);

    [LoggerMessage(1702, LogLevel.Warning, "the kernel's device events cannot be heard, KVM is checked once a minute only: {Message}")]
    public static partial void NoEvents(this ILogger log, string message);

    [LoggerMessage(1703, LogLevel.Error, "KVM could not be checked")]
    public static partial void CheckFailed(this ILogger log, Exception exception);
}
