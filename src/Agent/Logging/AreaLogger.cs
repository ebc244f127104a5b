using Microsoft.Extensions.Logging;

namespace NodeAgent.Logging;

/// <summary>The logger of one area.</summary>
internal sealed class AreaLogger(string area, LogWriter writer) : ILogger
{
    private volatile int _least;

    /// <summary>The least level that is written.</summary>
    public LogLevel Least
    {
        get => (LogLevel)_least;
        set => _least = (int)value;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => (int)logLevel >= _least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        writer.Write(new LogEntry(logLevel, area, eventId, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>>, exception, Detailed: Least <= LogLevel.Debug));
    }
}
