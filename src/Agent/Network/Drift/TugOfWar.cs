namespace NodeAgent.Network.Drift;

/// <summary>Counts the repairs of one field of one link, and says when somebody else keeps undoing them. No clock of its own.</summary>
public sealed class TugOfWar
{
    private readonly Dictionary<string, Queue<DateTimeOffset>> _repairs = new(StringComparer.Ordinal);

    /// <summary>Counts a repair; true where it is one too many: this one may be done, and then no more.</summary>
    public bool Count(string key, DateTimeOffset now, DriftOptions options)
    {
        if (!_repairs.TryGetValue(key, out var times)) _repairs[key] = times = new Queue<DateTimeOffset>();
        while (times.TryPeek(out var oldest) && now - oldest > options.TugOfWarWindow) times.Dequeue();
        times.Enqueue(now);
        return times.Count >= options.TugOfWarRepairs;
    }

    public void Reset() => _repairs.Clear();
}
