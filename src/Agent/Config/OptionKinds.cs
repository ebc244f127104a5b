using System.Globalization;
using System.Net;
using NodeAgent.Network.Spec;

namespace NodeAgent.Config;

/// <summary>Options by the kind of their value.</summary>
internal static class OptionKinds
{
    public static ConfigurationOption Number(string key, string description, int min, int max, Func<AgentConfiguration, int> get, Func<AgentConfiguration, int, AgentConfiguration> set) => new()
    {
        Key = key,
        Description = description,
        Expected = $"a number from {min} to {max}",
        ValueName = "N",
        Show = c => get(c).ToString(CultureInfo.InvariantCulture),
        Parse = (c, text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? set(c, value) : null,
    };

    public static ConfigurationOption Duration(string key, string description, TimeSpan min, TimeSpan max, Func<AgentConfiguration, TimeSpan> get, Func<AgentConfiguration, TimeSpan, AgentConfiguration> set) => new()
    {
        Key = key,
        Description = description,
        Expected = $"a time from {Durations.Format(min)} to {Durations.Format(max)}, such as 30s, 2m or 1500ms",
        ValueName = "TIME",
        Show = c => Durations.Format(get(c)),
        Parse = (c, text) => Durations.TryParse(text, out var value) && value >= min && value <= max ? set(c, value) : null,
    };

    /// <summary>A file or folder, always by its full path.</summary>
    public static ConfigurationOption FullPath(string key, string description, string expected, Func<AgentConfiguration, string?> get, Func<AgentConfiguration, string, AgentConfiguration> set) => new()
    {
        Key = key,
        Description = description,
        Expected = expected,
        ValueName = "FILE",
        IsPath = true,
        Show = c => get(c) ?? "",
        Parse = (c, text) => text.StartsWith('/') ? set(c, text) : null,
    };

    /// <summary>One of a few words.</summary>
    public static ConfigurationOption Word<T>(string key, string description, IReadOnlyList<(string Word, T Value)> words, Func<AgentConfiguration, T> get, Func<AgentConfiguration, T, AgentConfiguration> set) => new()
    {
        Key = key,
        Description = description,
        Expected = OneOf(words),
        ValueName = string.Join('|', words.Select(static w => w.Word)),
        Show = c => words.First(w => Equals(w.Value, get(c))).Word,
        Parse = (c, text) =>
        {
            foreach (var (word, value) in words)
            {
                if (word == text) return set(c, value);
            }

            return null;
        },
    };

    /// <summary>"debug, info, warn or error"</summary>
    public static string OneOf<T>(IReadOnlyList<(string Word, T Value)> words) =>
        string.Join(", ", words.Take(words.Count - 1).Select(static w => w.Word)) + " or " + words[^1].Word;

    /// <summary>127.0.0.1:9799 or [::1]:9799, never without the port.</summary>
    public static IPEndPoint? Listener(string text) =>
        IPEndPoint.TryParse(text, out var end) && end.ToString() == text && end.Port > 0 ? end : null;
}
