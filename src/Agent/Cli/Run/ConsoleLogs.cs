using Microsoft.Extensions.Logging;

namespace NodeAgent.Cli.Run;

/// <summary>One log for every area.</summary>
public sealed class ConsoleLogs(ILogger log) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => log;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
