using Microsoft.Extensions.Logging;

namespace NodeAgent.Hosting;

/// <summary>What Kestrel and its kin say, in the area "host", and only if it is a warning: their information is about every request.</summary>
internal sealed class ServerLogs(ILoggerFactory logs) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Quiet(logs.CreateLogger("host"));

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
        // The daemon's logs outlive its servers.
    }

    private sealed class Quiet(ILogger log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
