namespace NodeAgent.Network.Drift;

/// <summary>One field that was found other than a policy wants it.</summary>
public sealed record DriftRecord
{
    public required string Policy { get; init; }

    public required string Link { get; init; }

    public required string Field { get; init; }

    /// <summary>What the policy wants.</summary>
    public required string? Wanted { get; init; }

    /// <summary>What was found.</summary>
    public required string? Found { get; init; }

    /// <summary>Since when, as far as events tell.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Who asked the kernel for it, where it is known: "process 4711 (ip)".</summary>
    public string? By { get; init; }
}
