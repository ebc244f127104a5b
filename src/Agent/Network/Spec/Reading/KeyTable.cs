namespace NodeAgent.Network.Spec.Reading;

/// <summary>The keys of one map of the schema: those read, those known and refused, those that only inform.</summary>
internal sealed class KeyTable(params IReadOnlyList<string> valid)
{
    /// <summary>The keys to list in an error.</summary>
    public IReadOnlyList<string> Valid { get; } = valid;

    /// <summary>Keys of nmstate that the agent does not do.</summary>
    public IReadOnlyDictionary<string, UnsupportedKey> Refused { get; init; } = new Dictionary<string, UnsupportedKey>();

    /// <summary>Keys that report and ask for nothing.</summary>
    public IReadOnlySet<string> Ignored { get; init; } = new HashSet<string>();

    public bool IsIgnored(string key) => Ignored.Contains(key);

    public UnsupportedKey? Unsupported(string key) => Refused.GetValueOrDefault(key);
}
