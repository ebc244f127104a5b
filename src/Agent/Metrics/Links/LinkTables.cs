namespace NodeAgent.Metrics.Links;

/// <summary>The sample that is shown and those still being read: as many tables as slow scrapers hold, and one to fill.</summary>
internal sealed class LinkTables
{
    private readonly Lock _lock = new();
    private readonly Stack<LinkTable> _spare = [];
    private LinkTable _current;

    public LinkTables() => _current = new LinkTable(this);

    /// <summary>The newest sample; disposing of it gives it back.</summary>
    public LinkTable Take()
    {
        lock (_lock)
        {
            _current.Users++;
            return _current;
        }
    }

    /// <summary>A table nobody reads.</summary>
    public LinkTable Spare()
    {
        lock (_lock)
        {
            var table = _spare.TryPop(out var spare) ? spare : new LinkTable(this);
            table.Clear();
            return table;
        }
    }

    public void Publish(LinkTable table)
    {
        lock (_lock)
        {
            var former = _current;
            _current = table;
            if (former.Users == 0) Keep(former);
        }
    }

    internal void Return(LinkTable table)
    {
        lock (_lock)
        {
            if (--table.Users == 0 && table != _current) Keep(table);
        }
    }

    // One beside the one that is shown, to swap with; what slow scrapers needed beyond that is let go.
    private void Keep(LinkTable table)
    {
        if (_spare.Count < 1) _spare.Push(table);
    }
}
