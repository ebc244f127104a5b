using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>A key of nmstate's schema that the agent does not do.</summary>
/// <param name="Advice">What it is and what to use instead.</param>
/// <param name="Defaults">Values that ask for nothing beside the empty ones: what the kernel does anyway.</param>
internal sealed record UnsupportedKey(string Advice, params IReadOnlyList<string> Defaults)
{
    /// <summary>Another spelling, or a key in the wrong place: wrong whatever its value.</summary>
    public bool IsMistake { get; init; }

    /// <summary>True where the value asks for nothing (false, empty, 0, disabled, none), as exported documents write it for what is off.</summary>
    public bool IsHarmless(YamlNode value) => !IsMistake && AsksForNothing(value);

    public static UnsupportedKey Mistake(string advice) => new(advice) { IsMistake = true };

    private bool AsksForNothing(YamlNode value) => value switch
    {
        YamlScalar scalar => scalar.IsNull || scalar.Text is "" or "false" or "no" or "off" or "False" or "0" or "none" or "disabled" || Defaults.Contains(scalar.Text),
        YamlList list => list.Items.Count == 0,
        YamlMap map => map.Entries.All(e => e.Key == "running" || AsksForNothing(e.Value)),
        _ => false,
    };
}
