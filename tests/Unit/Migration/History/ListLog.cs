using Microsoft.Extensions.Logging;

namespace NodeAgent.Tests.Unit.Migration.History;

/// <summary>Remembers what is said.</summary>
internal sealed class ListLog : ILogger
{
    private readonly List<(int Id, string Text)> _said = [];

    public IReadOnlyList<int> Ids()
    {
        lock (_said) return [.. _said.Select(static s => s.Id)];
    }

    public IReadOnlyList<string> Texts()
    {
        lock (_said) return [.. _said.Select(static s => s.Text)];
    }

    public void Clear()
    {
        lock (_said) _said.Clear();
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_said) _said.Add((eventId.Id, formatter(state, exception)));
    }
}
