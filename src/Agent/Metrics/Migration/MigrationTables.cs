using NodeAgent.Metrics.Instruments;
using NodeAgent.Migration.Store;

namespace NodeAgent.Metrics.Migration;

/// <summary>
/// Migrations as the board has them: nothing is read for a scrape, and what one needs of memory the next uses again. As many tables as slow
/// scrapers hold, and one to fill.
/// </summary>
internal sealed class MigrationTables : IMetricSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MigrationLabels> _labels = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private MigrationTable? _spare;
    private MigrationTable _current;
    private volatile IMigrationBoard? _board;

    public MigrationTables(TimeProvider clock)
    {
        _clock = clock;
        _current = new MigrationTable(this);
    }

    public IReadOnlyList<MetricFamily> Families { get; } = [.. MigrationFamilies.All.Select(static f => f.Family)];

    public DateTimeOffset Now => _clock.GetUtcNow();

    public void Follow(IMigrationBoard board) => _board = board;

    public IMetricSnapshot Take()
    {
        lock (_lock)
        {
            if (_board is { } board && board.Version != _current.Version) Refresh(board);
            _current.Users++;
            return _current;
        }
    }

    internal void Return(MigrationTable table)
    {
        lock (_lock)
        {
            if (--table.Users == 0 && table != _current) _spare = table;
        }
    }

    private void Refresh(IMigrationBoard board)
    {
        var former = _current;
        if (former.Users > 0) (_current, _spare) = (_spare ?? new MigrationTable(this), null);
        _current.Fill(board, _labels, former.Guests);
    }
}
