using NodeAgent.Network.Spec;

namespace NodeAgent.Config;

/// <summary>What came of reading the configuration again.</summary>
public sealed record ReloadResult
{
    /// <summary>Everything wrong with the new file; if there is anything, the old configuration stays in force.</summary>
    public IReadOnlyList<SpecError> Errors { get; init; } = [];

    /// <summary>Keys that changed and are in force now.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Keys that changed and take effect at the next start.</summary>
    public IReadOnlyList<string> AtNextStart { get; init; } = [];

    public bool Succeeded => Errors.Count == 0;
}
