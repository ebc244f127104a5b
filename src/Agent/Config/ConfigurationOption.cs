using NodeAgent.Network.Spec.Reading;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Config;

/// <summary>One thing that can be configured, in each of its forms: a key of the file, an environment variable, a flag.</summary>
internal sealed record ConfigurationOption
{
    /// <summary>Its place in the file, "metrics.otlp.endpoint".</summary>
    public required string Key { get; init; }

    /// <summary>For help texts: what it is.</summary>
    public required string Description { get; init; }

    /// <summary>What its value has to be, for "expected ..., found ...".</summary>
    public required string Expected { get; init; }

    /// <summary>The value's name in help texts.</summary>
    public string ValueName { get; init; } = "VALUE";

    /// <summary>The value as text that <see cref="Parse"/> takes; "" where nothing is set.</summary>
    public required Func<AgentConfiguration, string> Show { get; init; }

    /// <summary>The configuration with the value of this text; null where it is not what is expected.</summary>
    public required Func<AgentConfiguration, string, AgentConfiguration?> Parse { get; init; }

    /// <summary>Reads a value of the file that is a list or a map; null: it is a scalar that <see cref="Parse"/> takes.</summary>
    public Func<AgentConfiguration, YamlNode, ReadContext, AgentConfiguration>? Read { get; init; }

    /// <summary>What a map as value holds: each key's value is this option's own affair.</summary>
    public bool IsList => Read is not null;

    /// <summary>A file or folder: relative to the working directory in a flag or variable, a full path in the file.</summary>
    public bool IsPath { get; init; }

    /// <summary>The value may be a secret: it is not shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>A change takes effect at the next start.</summary>
    public bool AtStart { get; init; }

    /// <summary>The flag is one that every command takes.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>"--metrics-otlp-endpoint"</summary>
    public string Flag { get => field ?? "--" + Kebab(Key); init; }

    /// <summary>"NODEAGENT_METRICS_OTLP_ENDPOINT"</summary>
    public string Variable { get => field ?? "NODEAGENT_" + Kebab(Key).Replace('-', '_').ToUpperInvariant(); init; }

    private static string Kebab(string key)
    {
        var text = new System.Text.StringBuilder(key.Length + 8);
        foreach (var letter in key)
        {
            if (letter == '.') text.Append('-');
            else if (char.IsAsciiLetterUpper(letter)) text.Append('-').Append(char.ToLowerInvariant(letter));
            else text.Append(letter);
        }

        return text.ToString();
    }
}
