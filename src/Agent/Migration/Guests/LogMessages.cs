using Microsoft.Extensions.Logging;

namespace NodeAgent.Migration.Guests;

/// <summary>What is said of how guests are found. Event ids 2000 to 2019.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(2000, LogLevel.Warning, "the kernel does not tell which programs start ({Reason}): /proc is looked over for guests every {Seconds:0} s")]
    public static partial void NoProcessEvents(this ILogger log, string reason, double seconds);

    [LoggerMessage(2001, LogLevel.Warning, "events of processes were lost: /proc is looked over for guests")]
    public static partial void ProcessEventsLost(this ILogger log);

    [LoggerMessage(2002, LogLevel.Warning, "guests cannot be held by a descriptor ({Reason}): that one has ended is noticed {How}")]
    public static partial void NoProcessDescriptors(this ILogger log, string reason, string how);

    [LoggerMessage(2003, LogLevel.Debug, "guest \"{Name}\" came: process {Pid}")]
    public static partial void GuestCame(this ILogger log, string name, int pid);

    [LoggerMessage(2004, LogLevel.Debug, "guest \"{Name}\" left: process {Pid} has ended")]
    public static partial void GuestLeft(this ILogger log, string name, int pid);

    [LoggerMessage(2005, LogLevel.Warning, "guest of process {Pid} is known by that alone: {Reason}")]
    public static partial void GuestUnread(this ILogger log, int pid, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "guests cannot be looked for: {Reason}")]
    public static partial void NoProcesses(this ILogger log, string reason);

    [LoggerMessage(2007, LogLevel.Warning, "guests of other users cannot be seen: {Reason}; reading processes of others takes CAP_SYS_PTRACE where /proc is mounted with hidepid")]
    public static partial void ProcessesHidden(this ILogger log, string reason);

    [LoggerMessage(2008, LogLevel.Error, "a guest could not be told of: {Message}")]
    public static partial void NotTold(this ILogger log, string message);
}
