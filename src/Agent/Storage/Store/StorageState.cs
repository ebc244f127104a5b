using System.Collections.Immutable;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Store;

/// <summary>The storage of the node at one moment. Never changes once published: read it without locks.</summary>
public sealed record StorageState
{
    public static readonly StorageState Empty = new();

    /// <summary>Grows by one with each publication; a new process starts anew, under another epoch.</summary>
    public long Version { get; init; }

    /// <summary>Null: nothing was read yet.</summary>
    public StorageSource? Source { get; init; }

    /// <summary>The version at which <see cref="Source"/> changed last.</summary>
    public long SourceVersion { get; init; }

    /// <summary>By name.</summary>
    public ImmutableSortedDictionary<string, JudgedMap> Maps { get; init; } = ImmutableSortedDictionary.Create<string, JudgedMap>(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public ImmutableSortedDictionary<string, StorageInitiator> Initiators { get; init; } = ImmutableSortedDictionary.Create<string, StorageInitiator>(StringComparer.Ordinal);
}
