using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodeAgent.Tests.Unit.Grpc;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>What was logged, a line for each message: "Warning access: …".</summary>
internal sealed class LogLines : ILoggerFactory
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyList<string> All => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Log(categoryName, _lines);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    /// <summary>The first line with this in it, once it is there.</summary>
    public async Task<string> Line(string part)
    {
        using var patience = new CancellationTokenSource(EchoServer.Patience);
        while (true)
        {
            if (All.FirstOrDefault(l => l.Contains(part, StringComparison.Ordinal)) is { } line) return line;
            if (patience.IsCancellationRequested) throw new TimeoutException($"no line with '{part}' among:\n{string.Join('\n', All)}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private sealed class Log(string area, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // As the daemon's own: of libraries, warnings alone.
        public bool IsEnabled(LogLevel logLevel) => logLevel >= (area.Contains('.', StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Information);

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Enqueue($"{logLevel} {area}: {formatter(state, exception)}{(exception is null ? "" : " " + exception)}");
        }
    }
}
