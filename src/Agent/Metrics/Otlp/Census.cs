using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Otlp;

/// <summary>Which series there are: notices when one has gone, or when a family has outgrown what it was given room for.</summary>
internal sealed class Census : MetricSink
{
    private const int LeastRoom = 100;

    private readonly Dictionary<MetricFamily, int> _room = [];
    private HashSet<(MetricFamily, LabelSet)> _known = [];
    private HashSet<(MetricFamily, LabelSet)> _now = [];
    private MetricFamily _family = null!;

    /// <summary>How many series a family may have until the next start.</summary>
    public int RoomOf(MetricFamily family) => _room.GetValueOrDefault(family, LeastRoom);

    /// <summary>Counts anew; true where what was built upon the last count no longer fits.</summary>
    public bool Take(MetricRegistry registry)
    {
        _now.Clear();
        var outgrown = false;
        foreach (var source in registry.Sources)
        {
            using var snapshot = source.Take();
            for (var family = 0; family < source.Families.Count; family++)
            {
                _family = source.Families[family];
                var count = snapshot.Count(family);
                outgrown |= count > RoomOf(_family);
                for (var i = 0; i < count; i++) snapshot.Write(family, i, this);
                _room[_family] = Math.Max(RoomOf(_family), count > RoomOf(_family) ? count * 2 : 0);
            }
        }

        var changed = outgrown || !_known.IsSubsetOf(_now);
        (_known, _now) = (_now, _known);
        return changed;
    }

    public override void Value(LabelSet labels, long value) => _now.Add((_family, labels));

    public override void Value(LabelSet labels, ulong value) => _now.Add((_family, labels));

    public override void Value(LabelSet labels, double value) => _now.Add((_family, labels));

    public override void Value(LabelSet labels, Histogram histogram) => _now.Add((_family, labels));
}
