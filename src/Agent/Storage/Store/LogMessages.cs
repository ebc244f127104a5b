using Microsoft.Extensions.Logging;

namespace NodeAgent.Storage.Store;

/// <summary>What the daemon says of what it remembers of maps. Event ids 1830 to 1839.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1830, LogLevel.Error, "{File} is damaged and was moved to {Aside}: {Reason}; the best path counts of maps begin anew")]
    public static partial void MemoryDamaged(this ILogger log, string file, string reason, string aside);

    [LoggerMessage(1831, LogLevel.Error, "{File} cannot be read: {Reason}; the best path counts of maps begin anew")]
    public static partial void MemoryNotRead(this ILogger log, string file, string reason);

    [LoggerMessage(1832, LogLevel.Error, "{File} cannot be written: {Reason}; the best path counts of maps are in memory, the next try is in 30 s")]
    public static partial void MemoryNotKept(this ILogger log, string file, string reason);

    [LoggerMessage(1833, LogLevel.Information, "{File} is written again")]
    public static partial void MemoryKeptAgain(this ILogger log, string file);
}
