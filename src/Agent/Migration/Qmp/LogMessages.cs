using Microsoft.Extensions.Logging;

namespace NodeAgent.Migration.Qmp;

/// <summary>What is said of monitors of QEMU. Event ids 2040 to 2049.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(2040, LogLevel.Information, "QEMU {Version} (pid {Pid}) is read over its monitor {Path}")]
    public static partial void Connected(this ILogger log, string version, int pid, string path);

    [LoggerMessage(2041, LogLevel.Warning, "{Reason}; the monitor {Path} is tried again")]
    public static partial void Lost(this ILogger log, string reason, string path);

    [LoggerMessage(2042, LogLevel.Information, "the monitor {Path} is not tried again: {Reason}")]
    public static partial void GivenUp(this ILogger log, string path, string reason);

    [LoggerMessage(2043, LogLevel.Information, "QEMU (pid {Pid}) does not tell of migrations (capability events is off): it is asked every {Seconds:0} s")]
    public static partial void NoEvents(this ILogger log, int pid, double seconds);
}
