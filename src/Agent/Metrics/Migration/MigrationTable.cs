using NodeAgent.Metrics.Instruments;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Metrics.Migration;

/// <summary>The migrations of one version of the board. Holds still while a scrape has it; filled anew when none has.</summary>
internal sealed class MigrationTable(MigrationTables owner) : IMetricSnapshot
{
    /// <summary>Migrations with series of their own.</summary>
    public const int Most = 256;

    private readonly List<MigrationStatus> _all = [];
    private readonly HashSet<(string, string, MigrationDirection, string)> _keys = [];
    private readonly long[] _active = new long[2];

    public long Version { get; private set; } = -1;

    public List<MigrationRow> Rows { get; } = [];

    public GuestRates Guests { get; private set; } = GuestRates.None;

    /// <summary>Told of by the board and not among the rows.</summary>
    public long LeftOut { get; private set; }

    public DateTimeOffset Now => owner.Now;

    /// <summary>Scrapes that have it; the owner's lock guards it.</summary>
    internal int Users { get; set; }

    /// <summary>How many are under way.</summary>
    public long Active(int direction) => _active[direction];

    public void Fill(IMigrationBoard board, Dictionary<string, MigrationLabels> labels, GuestRates former)
    {
        Clear();
        // Before the rest: what changes meanwhile is looked at by the next scrape.
        Version = board.Version;
        board.CopyTo(_all);
        // Those that run come first, in the order of their start, so that series stay; of those that ended the last.
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all[i].Ended is not null) continue;
            _active[(int)_all[i].Direction]++;
            Show(_all[i], labels);
        }

        for (var i = _all.Count - 1; i >= 0; i--)
        {
            if (_all[i].Ended is not null) Show(_all[i], labels);
        }

        LeftOut = _all.Count - Rows.Count;
        foreach (var (id, one) in labels)
        {
            if (one.Version != Version) labels.Remove(id);
        }

        Guests = former.With(board.Guests);
    }

    public int Count(int family) => MigrationFamilies.All[family].Count(this);

    public void Write(int family, int index, MetricSink sink) => MigrationFamilies.All[family].Write(this, index, sink);

    public void Dispose() => owner.Return(this);

    private void Show(in MigrationStatus status, Dictionary<string, MigrationLabels> labels)
    {
        if (Rows.Count >= Most) return;
        if (!labels.TryGetValue(status.Id, out var known) || !known.IsOf(status)) labels[status.Id] = known = new MigrationLabels(status);
        known.Version = Version;
        if (_keys.Add(known.Key)) Rows.Add(new MigrationRow(known, status));
    }

    private void Clear()
    {
        _all.Clear();
        _keys.Clear();
        Rows.Clear();
        Array.Clear(_active);
    }
}
