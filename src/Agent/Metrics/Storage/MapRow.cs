using NodeAgent.Metrics.Instruments;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Store;

namespace NodeAgent.Metrics.Storage;

/// <summary>A map with the labels of its series, made once for each change of it.</summary>
internal sealed class MapRow
{
    public MapRow(JudgedMap judged)
    {
        var map = judged.Map;
        Judged = judged;
        Labels = new LabelSet(("map", map.Name));
        Info = new LabelSet(("map", map.Name), ("wwid", map.Wwid), ("device", map.Device), ("root", map.IsRoot ? "yes" : "no"), ("boot", map.IsBoot ? "yes" : "no"));
        Verdicts = [.. MapWords.All.Select(state => new LabelSet(("map", map.Name), ("verdict", MapWords.Of(state).Replace(' ', '_'))))];
        var paths = map.Paths.DistinctBy(static p => p.Device).ToList();
        Paths = [.. paths.Select(p => new PathRow(map.Name, p))];
        PathStates = [Count("active"), Count("failed"), Count("none")];

        (LabelSet, long) Count(string state) => (new LabelSet(("map", map.Name), ("state", state)), paths.Count(p => PathWords.Dm(p) == state));
    }

    public JudgedMap Judged { get; }

    public LabelSet Labels { get; }

    public LabelSet Info { get; }

    /// <summary>By the order of <see cref="MapWords.All"/>.</summary>
    public LabelSet[] Verdicts { get; }

    /// <summary>How many paths device-mapper has in each state.</summary>
    public (LabelSet Labels, long Count)[] PathStates { get; }

    public PathRow[] Paths { get; }
}
