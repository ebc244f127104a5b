namespace NodeAgent.Bench.Watch;

/// <summary>Many clients.</summary>
internal sealed class Watchers : IDisposable
{
    public Watchers(string socket, int count, ChangingLink link)
    {
        All = [.. Enumerable.Range(0, count).Select(_ => new Watcher(socket, link))];
        // Not all at once: the start is not what is measured.
        foreach (var watcher in All) watcher.StartAsync().GetAwaiter().GetResult();
    }

    public IReadOnlyList<Watcher> All { get; private set; }

    public void Dispose()
    {
        foreach (var watcher in All) watcher.Dispose();
        All = [];
    }
}
