using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>What counts when a map is judged.</summary>
internal sealed class MapFacts
{
    /// <param name="map">As it was read.</param>
    /// <param name="best">The most it ever had until now.</param>
    public MapFacts(MultipathMap map, PathSpread best)
    {
        Map = map;
        Present = PathSpread.Of(map, usable: false);
        Usable = PathSpread.Of(map, usable: true);
        Best = best.Max(Usable);
        Expected = best.Max(Present);
        foreach (var path in map.Paths)
        {
            HasDoubt |= PathWords.IsDoubtful(path);
            FailCount += path.FailCount;
            if (PathWords.IsUsable(path)) First ??= path;
            IsFabricKnown &= path.Fabric is not null || !PathWords.IsUsable(path);
            IsInitiatorKnown &= path.Initiator is not null || !PathWords.IsUsable(path);
            IsTargetKnown &= path.TargetPort is not null || !PathWords.IsUsable(path);
        }
    }

    public MultipathMap Map { get; }

    /// <summary>All paths that anybody knows.</summary>
    public PathSpread Present { get; }

    /// <summary>Those that carry I/O.</summary>
    public PathSpread Usable { get; }

    /// <summary>The most usable ones ever, this time included.</summary>
    public PathSpread Best { get; }

    /// <summary>What there should be: the most it ever had, or more where its table has more.</summary>
    public PathSpread Expected { get; }

    /// <summary>The first usable path, whose adapter, port or fabric is the one that all share where they share one.</summary>
    public StoragePath? First { get; }

    /// <summary>Device-mapper still counts on a path that is gone below.</summary>
    public bool HasDoubt { get; }

    /// <summary>How often device-mapper failed its paths.</summary>
    public ulong FailCount { get; }

    /// <summary>Every usable path goes over one adapter, though there were more.</summary>
    public bool SharesInitiator => Usable is { Paths: > 1, Initiators: 1 } && Expected.Initiators > 1 && IsInitiatorKnown;

    /// <summary>Every usable path ends at one target port, though there were more.</summary>
    public bool SharesTargetPort => Usable is { Paths: > 1, TargetPorts: 1 } && Expected.TargetPorts > 1 && IsTargetKnown;

    /// <summary>Every usable path goes through one fabric, though there were more.</summary>
    public bool SharesFabric => Usable is { Paths: > 1, Fabrics: 1 } && Expected.Fabrics > 1 && IsFabricKnown;

    public bool SharesAny => SharesInitiator || SharesTargetPort || SharesFabric;

    /// <summary>It has one path, and was never seen with more since it was accepted so.</summary>
    public bool ExpectsOne => Usable.Paths == 1 && Expected.Paths == 1;

    private bool IsInitiatorKnown { get; } = true;

    private bool IsTargetKnown { get; } = true;

    private bool IsFabricKnown { get; } = true;
}
