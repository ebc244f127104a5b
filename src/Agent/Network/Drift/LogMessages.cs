using Microsoft.Extensions.Logging;

namespace NodeAgent.Network.Drift;

/// <summary>What the daemon says while it keeps the network as asked for. Event ids 1100 to 1199.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1100, LogLevel.Information, "{Line}")]
    public static partial void Recovered(this ILogger log, string line);

    [LoggerMessage(1101, LogLevel.Information, "policy {Policy}: {Message}")]
    public static partial void PolicyApplied(this ILogger log, string policy, string message);

    [LoggerMessage(1102, LogLevel.Error, "policy {Policy} is not in force: {Message}")]
    public static partial void PolicyNotApplied(this ILogger log, string policy, string message);

    [LoggerMessage(1103, LogLevel.Warning, "{Link}: {Field} was {Found}, policy {Policy} wants {Wanted}{By}")]
    public static partial void Drifted(this ILogger log, string link, string field, string found, string policy, string wanted, string by);

    [LoggerMessage(1104, LogLevel.Information, "repaired {Links} in {Milliseconds:0.0} ms (steps: {Steps})")]
    public static partial void Repaired(this ILogger log, string links, double milliseconds, int steps);

    [LoggerMessage(1105, LogLevel.Error, "repair of {Link} failed: {Message}; next try in {Seconds:0} s")]
    public static partial void RepairFailed(this ILogger log, string link, string message, double seconds);

    [LoggerMessage(1106, LogLevel.Error, "{Link}: {Field} was repaired {Count} times in {Seconds:0} s and is changed again each time{By}: repairing stops. Find who changes it, then apply policy {Policy} again")]
    public static partial void TugOfWar(this ILogger log, string link, string field, int count, double seconds, string by, string policy);

    [LoggerMessage(1107, LogLevel.Error, "drift is not repaired: {Message}")]
    public static partial void RepairRefused(this ILogger log, string message);

    [LoggerMessage(1108, LogLevel.Warning, "events were lost, everything was listed again ({Total} times since the start)")]
    public static partial void Relisted(this ILogger log, long total);

    [LoggerMessage(1109, LogLevel.Error, "{File}")]
    public static partial void BrokenPolicy(this ILogger log, string file);

    [LoggerMessage(1110, LogLevel.Warning, "policy {Policy} is gone from disk: what it made stays; `nodeagent net delete` before removing a file takes it away")]
    public static partial void PolicyGone(this ILogger log, string policy);

    [LoggerMessage(1111, LogLevel.Information, "watching {Links} links, {Interfaces} of them described by policies (policies: {Policies})")]
    public static partial void Watching(this ILogger log, int interfaces, int policies, int links);

    [LoggerMessage(1112, LogLevel.Error, "policies conflict: {Message}")]
    public static partial void Conflict(this ILogger log, string message);

    [LoggerMessage(1113, LogLevel.Error, "{Link} is not there, policy {Policy} needs it: the rest is kept in force without it")]
    public static partial void NicMissing(this ILogger log, string link, string policy);

    [LoggerMessage(1114, LogLevel.Error, "the network cannot be looked after at the moment: {Message}; next try in {Seconds:0} s")]
    public static partial void Troubled(this ILogger log, string message, double seconds);
}
