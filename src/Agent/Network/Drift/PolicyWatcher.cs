namespace NodeAgent.Network.Drift;

/// <summary>Tells, by inotify, when policies, the ledger or a transaction of another process changed on disk.</summary>
internal sealed class PolicyWatcher : IDisposable
{
    private readonly List<FileSystemWatcher> _watchers = [];

    public PolicyWatcher(HostPaths paths, Action onChange)
    {
        foreach (var folder in new[] { paths.PoliciesFolder, Path.Combine(paths.State, "policies"), Path.Combine(paths.State, "transactions"), paths.State })
        {
            Directory.CreateDirectory(folder);
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
            watcher.Changed += (_, e) => Tell(e);
            watcher.Created += (_, e) => Tell(e);
            watcher.Deleted += (_, e) => Tell(e);
            watcher.Renamed += (_, e) => Tell(e);
            watcher.Error += (_, _) => onChange();
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
        }

        void Tell(FileSystemEventArgs change)
        {
            // The lock is taken and left at every repair: not a change of anything.
            if (change.Name is { } name && !name.StartsWith("lock", StringComparison.Ordinal) && !name.EndsWith(".new", StringComparison.Ordinal)) onChange();
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers) watcher.Dispose();
    }
}
