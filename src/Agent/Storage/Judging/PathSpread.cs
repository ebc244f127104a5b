using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>How many paths there are and over how many different things they go. What is unknown of a path counts for nothing.</summary>
/// <param name="Paths">Paths.</param>
/// <param name="Initiators">Adapters or sessions.</param>
/// <param name="TargetPorts">Far ends.</param>
/// <param name="Fabrics">FC fabrics.</param>
public readonly record struct PathSpread(int Paths, int Initiators, int TargetPorts, int Fabrics)
{
    /// <summary>Of the paths of a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="usable">Only those that carry I/O.</param>
    public static PathSpread Of(MultipathMap map, bool usable)
    {
        var paths = 0;
        List<string> initiators = [], targets = [], fabrics = [];
        foreach (var path in map.Paths)
        {
            if (usable && !PathWords.IsUsable(path)) continue;
            paths++;
            Add(initiators, path.Initiator);
            Add(targets, path.TargetPort);
            Add(fabrics, path.Fabric);
        }

        return new PathSpread(paths, initiators.Count, targets.Count, fabrics.Count);
    }

    /// <summary>The larger number of each.</summary>
    public PathSpread Max(PathSpread other) =>
        new(Math.Max(Paths, other.Paths), Math.Max(Initiators, other.Initiators), Math.Max(TargetPorts, other.TargetPorts), Math.Max(Fabrics, other.Fabrics));

    /// <summary>The smaller number of each.</summary>
    public PathSpread Min(PathSpread other) =>
        new(Math.Min(Paths, other.Paths), Math.Min(Initiators, other.Initiators), Math.Min(TargetPorts, other.TargetPorts), Math.Min(Fabrics, other.Fabrics));

    // A handful: a set would cost more.
    private static void Add(List<string> names, string? name)
    {
        if (name is not null && !names.Contains(name)) names.Add(name);
    }
}
