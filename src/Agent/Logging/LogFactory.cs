using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodeAgent.Config;

namespace NodeAgent.Logging;

/// <summary>
/// Loggers by area over one stream. Format and levels can change at any time. A category that is no area of the agent is a library's:
/// it is logged as <see cref="LogAreas.Host"/> from Warning up, for what these tell as information is about every request.
/// </summary>
public sealed class LogFactory : ILoggerFactory
{
    private readonly ConcurrentDictionary<string, AreaLogger> _loggers = new(StringComparer.Ordinal);
    private readonly LogWriter _writer;
    private volatile LogSettings _settings;

    /// <param name="output">Where lines go, each in one write.</param>
    /// <param name="settings">Format and levels.</param>
    /// <param name="isJournal">The stream is systemd's journal.</param>
    /// <param name="clock">Dates the lines.</param>
    public LogFactory(Stream output, LogSettings settings, bool isJournal, TimeProvider clock)
    {
        _settings = settings;
        _writer = new LogWriter(output, isJournal, clock);
        Configure(settings);
    }

    /// <summary>Puts these settings in force, for loggers that exist too.</summary>
    public void Configure(LogSettings settings)
    {
        _settings = settings;
        _writer.Format = settings.Format;
        foreach (var (category, logger) in _loggers) logger.Least = LeastOf(category, settings);
    }

    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, static (category, factory) => new AreaLogger(AreaOf(category), factory._writer) { Least = LeastOf(category, factory._settings) }, this);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    /// <summary>Writes what the storm filter still holds back.</summary>
    public void Dispose() => _writer.Dispose();

    private static string AreaOf(string category) => LogAreas.All.Contains(category) ? category : LogAreas.Host;

    private static LogLevel LeastOf(string category, LogSettings settings)
    {
        var area = AreaOf(category);
        var level = settings.Of(area);
        return area == category || level > LogLevel.Warning ? level : LogLevel.Warning;
    }
}
