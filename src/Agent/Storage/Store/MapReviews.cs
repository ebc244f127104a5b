namespace NodeAgent.Storage.Store;

/// <summary>The maps that time alone makes judged again, and one timer for the first of them. The owner locks.</summary>
internal sealed class MapReviews(TimeProvider clock, Action due) : IDisposable
{
    private readonly Dictionary<string, DateTimeOffset> _times = new(StringComparer.Ordinal);
    private ITimer? _timer;
    private DateTimeOffset? _armed;

    /// <param name="name">The map.</param>
    /// <param name="time">When; null: not at all.</param>
    public void Set(string name, DateTimeOffset? time)
    {
        if (time is { } at) _times[name] = at;
        else if (_times.Count == 0 || !_times.Remove(name)) return;
        Arm();
    }

    /// <summary>The maps whose time has come.</summary>
    public List<string> TakeDue()
    {
        var now = clock.GetUtcNow();
        var names = _times.Where(t => t.Value <= now).Select(static t => t.Key).ToList();
        foreach (var name in names) _times.Remove(name);
        _armed = null;
        Arm();
        return names;
    }

    public void Dispose() => _timer?.Dispose();

    private void Arm()
    {
        if (_times.Count == 0) return;
        var first = _times.Values.Min();
        if (_armed <= first) return;
        _armed = first;
        var wait = first - clock.GetUtcNow();
        if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
        _timer ??= clock.CreateTimer(static act => ((Action)act!)(), due, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Timers may ring a moment early.
        _timer.Change(wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
