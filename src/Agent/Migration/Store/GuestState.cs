using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>A guest, and what is read of it.</summary>
/// <param name="Guest">As its process tells.</param>
/// <param name="Source">How it is read.</param>
public sealed record GuestState(Guest Guest, GuestSourceKind Source)
{
    /// <summary>What cannot be read of it and why, a sentence; null where nothing is missing.</summary>
    public string? Limitation { get; init; }

    /// <summary>Its migrations are not seen and will not be for as long as it runs; <see cref="Limitation"/> says why and what to do.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>The dirty rate measured last, by anyone; null: never.</summary>
    public DirtyRate? DirtyRate { get; init; }

    /// <summary>Why it cannot be migrated, a sentence each, from its command line and its VMM.</summary>
    public IReadOnlyList<string> Blockers { get; init; } = [];
}
