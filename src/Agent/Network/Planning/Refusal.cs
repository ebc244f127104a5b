namespace NodeAgent.Network.Planning;

/// <summary>A step that a guard does not let through.</summary>
public sealed record Refusal
{
    /// <summary>Index of the step in the plan; -1 where the whole request is refused.</summary>
    public required int Step { get; init; }

    /// <summary>The link to name in --allow-disrupt; null where nothing overrides the refusal.</summary>
    public required string? Link { get; init; }

    /// <summary>The path that would be cut, for example "the default route via 10.20.30.1 dev bond_data.20".</summary>
    public required string Path { get; init; }

    /// <summary>Taps of running VMs that hang on it.</summary>
    public IReadOnlyList<string> Taps { get; init; } = [];

    /// <summary>One sentence: what is refused, why, and what to do.</summary>
    public required string Message { get; init; }
}
