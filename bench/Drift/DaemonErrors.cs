using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Bench.Drift;

/// <summary>What the daemon complained of, to be said when a measurement fails.</summary>
internal sealed class DaemonErrors : ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public override string ToString() => _lines.IsEmpty ? "the daemon has no complaint" : "the daemon says: " + string.Join("; ", _lines.Take(5));

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _lines.Enqueue(formatter(state, exception));
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;
}
