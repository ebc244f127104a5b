using System.Collections.Frozen;

namespace NodeAgent.Storage.Multipathd;

/// <summary>What came of asking multipathd.</summary>
internal sealed record MultipathdReading
{
    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, MultipathdMap> Maps { get; init; } = FrozenDictionary<string, MultipathdMap>.Empty;

    /// <summary>Paths that are in no map, by WWID.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MultipathdPath>> Orphans { get; init; } = FrozenDictionary<string, IReadOnlyList<MultipathdPath>>.Empty;

    /// <summary>Why there is no answer, in a sentence; null where there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Nobody listens at its socket: this node may do without it.</summary>
    public bool IsAbsent { get; init; }
}
