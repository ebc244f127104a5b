using Microsoft.Extensions.Logging;

namespace NodeAgent.Logging;

/// <summary>Levels as the configuration and JSON lines write them.</summary>
public static class LogLevels
{
    public static readonly (string Word, LogLevel Value)[] Words =
    [
        ("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warn", LogLevel.Warning), ("error", LogLevel.Error),
    ];

    public static LogLevel? Parse(string word)
    {
        foreach (var (text, level) in Words)
        {
            if (text == word) return level;
        }

        return null;
    }

    public static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "fatal",
        LogLevel.Error => "error",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "debug",
    };

    /// <summary>The priority of syslog(3), as the journal reads it from a prefix.</summary>
    public static int Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };
}
