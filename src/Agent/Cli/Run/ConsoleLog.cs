using System.Globalization;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Cli.Run;

/// <summary>The daemon's log on standard error: time, level, message; under systemd the level is the journal's prefix (sd-daemon(3)) and it keeps the time.</summary>
public sealed class ConsoleLog(TextWriter error, TimeProvider clock, LogLevel least, bool journal) : ILogger
{
    private readonly Lock _lock = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var message = formatter(state, exception);
        if (exception is not null) message += ": " + (least == LogLevel.Debug ? exception.ToString() : exception.Message);
        var line = journal
            ? $"<{Priority(logLevel)}>{message.ReplaceLineEndings(" ")}"
            : $"{clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {Word(logLevel)} {message}";
        lock (_lock) error.WriteLine(line);
    }

    private static int Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "fatal",
        LogLevel.Error => "error",
        LogLevel.Warning => "warn ",
        LogLevel.Information => "info ",
        _ => "debug",
    };
}
