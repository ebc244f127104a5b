namespace NodeAgent.Metrics.Links;

/// <summary>Reads the attributes of one link after the other, and may be left behind in the middle of one.</summary>
internal sealed class AttributeThread : IDisposable
{
    private readonly object _gate = new();
    private readonly LinkedList<LinkEntry> _queue = [];
    private readonly HashSet<LinkEntry> _queued = [];
    private readonly string _sys;
    private readonly TimeProvider _clock;
    private LinkEntry? _current;
    private long _since;
    private bool _abandoned;
    private TaskCompletionSource? _idle;

    public AttributeThread(string sys, TimeProvider clock)
    {
        (_sys, _clock) = (sys, clock);
        new Thread(Run, 256 * 1024) { IsBackground = true, Name = "metrics sysfs" }.Start();
    }

    public bool Ended { get; private set; }

    /// <summary>The link being read, or null.</summary>
    public string? Current => _current?.Name;

    /// <summary>How long it has been at the link it reads.</summary>
    public TimeSpan BusyFor
    {
        get { lock (_gate) return _current is null ? TimeSpan.Zero : _clock.GetElapsedTime(_since); }
    }

    /// <summary>Ends when nothing is left to read; null where that is so.</summary>
    public Task? Pending
    {
        get { lock (_gate) return _idle?.Task; }
    }

    public void Add(IEnumerable<LinkEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                if (_queued.Add(entry)) _queue.AddLast(entry);
            }

            if (_queue.Count == 0) return;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes its work away; it ends when the read it hangs in comes back.</summary>
    public List<LinkEntry> Abandon()
    {
        lock (_gate)
        {
            _abandoned = true;
            _idle?.TrySetResult();
            _idle = null;
            Monitor.Pulse(_gate);
            List<LinkEntry> rest = [.. _queue];
            _queue.Clear();
            return rest;
        }
    }

    public void Dispose() => Abandon();

    private void Run()
    {
        while (Next() is { } entry)
        {
            entry.Attributes = SysfsAttributes.Read(_sys, entry);
        }

        Ended = true;
    }

    private LinkEntry? Next()
    {
        lock (_gate)
        {
            _current = null;
            while (!_abandoned && _queue.Count == 0)
            {
                _idle?.TrySetResult();
                _idle = null;
                Monitor.Wait(_gate);
            }

            if (_abandoned) return null;
            _current = _queue.First!.Value;
            _queue.RemoveFirst();
            _queued.Remove(_current);
            _since = _clock.GetTimestamp();
            return _current;
        }
    }
}
