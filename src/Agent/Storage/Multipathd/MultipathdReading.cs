using System.Collections.Frozen;
using System.Collections.Immutable;

namespace NodeAgent.Storage.Multipathd;

/// <summary>What came of asking multipathd.</summary>
internal sealed record MultipathdReading
{
    public static readonly ImmutableDictionary<string, MultipathdMap> NoMaps = ImmutableDictionary.Create<string, MultipathdMap>(StringComparer.Ordinal);

    /// <summary>By name. Where some were asked for the others are shared with the answer before.</summary>
    public ImmutableDictionary<string, MultipathdMap> Maps { get; init; } = NoMaps;

    /// <summary>Names of the maps that were asked for, while the others are as in the answer before; null: all were.</summary>
    public IReadOnlyCollection<string>? Asked { get; init; }

    /// <summary>Paths that are in no map, by WWID.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MultipathdPath>> Orphans { get; init; } = FrozenDictionary<string, IReadOnlyList<MultipathdPath>>.Empty;

    /// <summary>Why there is no answer, in a sentence; null where there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Nobody listens at its socket: this node may do without it.</summary>
    public bool IsAbsent { get; init; }
}
