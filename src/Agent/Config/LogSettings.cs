using Microsoft.Extensions.Logging;

namespace NodeAgent.Config;

/// <summary>log: what is said, and in which form.</summary>
public sealed record LogSettings
{
    /// <summary>log.format</summary>
    public LogFormat Format { get; init; } = LogFormat.Auto;

    /// <summary>log.level: debug, info, warn, error.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>log.levels: by area, where it differs from <see cref="Level"/>.</summary>
    public IReadOnlyDictionary<string, LogLevel> Levels { get; init; } = new Dictionary<string, LogLevel>();

    /// <summary>The level of an area.</summary>
    public LogLevel Of(string area) => Levels.TryGetValue(area, out var level) ? level : Level;
}
