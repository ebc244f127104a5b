using Microsoft.Extensions.Logging;
using NodeAgent.Logging;
using NodeAgent.Network.Spec.Reading;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Config.Sections;

/// <summary>log: format, level, levels by area.</summary>
internal static class LogSection
{
    private static readonly (string, LogFormat)[] s_formats = [("auto", LogFormat.Auto), ("human", LogFormat.Human), ("json", LogFormat.Json)];

    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        OptionKinds.Word("log.format", "form of the log; auto: human, with the journal's priorities under systemd", s_formats, static c => c.Log.Format, static (c, v) => c with { Log = c.Log with { Format = v } }),
        OptionKinds.Word("log.level", "least level that is logged", LogLevels.Words, static c => c.Log.Level, static (c, v) => c with { Log = c.Log with { Level = v } }),
        new ConfigurationOption
        {
            Key = "log.levels",
            Description = "levels by area: " + string.Join(", ", LogAreas.All),
            Expected = "AREA=LEVEL, such as network=debug",
            ValueName = "AREA=LEVEL",
            Show = static c => string.Join(',', c.Log.Levels.OrderBy(static l => l.Key, StringComparer.Ordinal).Select(static l => $"{l.Key}={LogLevels.Word(l.Value)}")),
            Parse = ParseLevels,
            Read = ReadLevels,
        },
    ];

    private static AgentConfiguration? ParseLevels(AgentConfiguration configuration, string text)
    {
        var levels = new Dictionary<string, LogLevel>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !LogAreas.All.Contains(part[..equals]) || LogLevels.Parse(part[(equals + 1)..]) is not { } level) return null;
            levels[part[..equals]] = level;
        }

        return configuration with { Log = configuration.Log with { Levels = levels } };
    }

    private static AgentConfiguration ReadLevels(AgentConfiguration configuration, YamlNode node, ReadContext context)
    {
        if (context.Map(node, "log.levels", "a map of areas and levels") is not { } map) return configuration;
        var levels = new Dictionary<string, LogLevel>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (!LogAreas.All.Contains(entry.Key)) context.Unknown(entry, "log.levels", LogAreas.All);
            else if (entry.Value is YamlScalar scalar && LogLevels.Parse(scalar.Text) is { } level) levels[entry.Key] = level;
            else context.Expected(entry.Value, "log.levels." + entry.Key, OptionKinds.OneOf(LogLevels.Words));
        }

        return configuration with { Log = configuration.Log with { Levels = levels } };
    }
}
