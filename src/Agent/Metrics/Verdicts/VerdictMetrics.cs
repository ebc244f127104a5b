using NodeAgent.Metrics.Instruments;
using NodeAgent.Verdicts;

namespace NodeAgent.Metrics.Verdicts;

/// <summary>The verdicts of all kinds as the board has them: nothing is made for a scrape where nothing changed since the last.</summary>
internal sealed class VerdictMetrics : IMetricSource
{
    private const string Gone = "gone";

    private readonly Lock _lock = new();
    private readonly VerdictBoard _board;
    // Shows the board as it is, also where it was told of verdicts before.
    private volatile VerdictTable _table = new(-1, []);
    private long _edition;

    private VerdictMetrics(VerdictBoard board) => _board = board;

    public IReadOnlyList<MetricFamily> Families { get; } =
    [
        new("nodeagent_verdict_info", MetricType.Info, "How an object of the node stands: multipath maps (storage), bonds, uplinks, MAC addresses, KVM.", "kind", "object", "state"),
        new("nodeagent_verdict_severity", MetricType.Gauge, "How much the verdict of an object matters: 0 as it should be, 1 unknown, 2 warning, 3 critical.", "kind", "object"),
        new("nodeagent_verdict_last_change_timestamp_seconds", MetricType.Gauge, "When the verdict of an object last changed, Unix time; kept across restarts.", "kind", "object"),
    ];

    /// <summary>Shows what the board says, from now on.</summary>
    public static void Add(MetricRegistry registry, VerdictBoard board)
    {
        var source = new VerdictMetrics(board);
        registry.Add(source);
        board.Changed += () => Interlocked.Increment(ref source._edition);
        var changes = registry.Counters("nodeagent_verdict_changes_total", "Changes of verdicts, by the state they led to; gone where the object went.", "kind", "state");
        board.StatesChanged += list =>
        {
            foreach (var change in list) changes.With(change.Kind, change.Verdict?.State.Replace(' ', '_') ?? Gone).Increment();
        };
    }

    public IMetricSnapshot Take()
    {
        var edition = Interlocked.Read(ref _edition);
        var table = _table;
        if (table.Edition == edition) return table;
        lock (_lock)
        {
            if (_table.Edition >= edition) return _table;
            var known = _table.Rows.ToDictionary(static r => (r.Standing.Verdict.Kind, r.Standing.Verdict.Object));
            return _table = new VerdictTable(edition, [.. _board.Standing.Select(s => known.TryGetValue((s.Verdict.Kind, s.Verdict.Object), out var row) && ReferenceEquals(row.Standing, s) ? row : new VerdictRow(s))]);
        }
    }
}
