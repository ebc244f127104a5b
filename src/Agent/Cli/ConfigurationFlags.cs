using System.CommandLine;
using NodeAgent.Config;

namespace NodeAgent.Cli;

/// <summary>A flag for every key of the configuration that is no global option: for the commands that run the daemon or tell what it would run with.</summary>
public sealed class ConfigurationFlags
{
    private readonly List<(Option<string[]> Flag, ConfigurationOption Option)> _flags = [];

    /// <param name="isTaken">Which keys get a flag; null: all.</param>
    public ConfigurationFlags(Predicate<string>? isTaken = null)
    {
        foreach (var option in ConfigurationOptions.All)
        {
            if (!option.IsGlobal && isTaken?.Invoke(option.Key) != false) _flags.Add((FlagOf(option), option));
        }
    }

    public IEnumerable<Option> Options => _flags.Select(static f => f.Flag);

    internal void AddTo(List<ConfigurationOverride> overrides, ParseResult parse)
    {
        foreach (var (flag, option) in _flags)
        {
            if (parse.GetValue(flag) is not { Length: > 0 } values) continue;
            // Of a flag given twice the last counts, unless it is a list.
            overrides.Add(new ConfigurationOverride(option, option.Flag, option.IsList ? string.Join(',', values) : values[^1]));
        }
    }

    private static Option<string[]> FlagOf(ConfigurationOption option)
    {
        var standard = option.IsSecret ? "" : option.Show(AgentConfiguration.Default);
        return new Option<string[]>(option.Flag)
        {
            Description = $"{option.Description}{(option.IsList ? "; several: comma or again" : "")} [{option.Variable}; {option.Key}{(standard.Length > 0 ? "; " + standard : "")}]",
            HelpName = option.IsList ? option.ValueName + "…" : option.ValueName,
        };
    }
}
