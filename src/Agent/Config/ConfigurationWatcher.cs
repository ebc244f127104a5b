using Microsoft.Extensions.Logging;

namespace NodeAgent.Config;

/// <summary>
/// Tells when the contents of the configuration file changed, by inotify: written, replaced, or swapped together with its folder as
/// Kubernetes does with a ConfigMap (the file is a link into ..data, which is a link that is replaced). Several changes shortly after
/// each other are told once. Nothing wakes up while nothing happens.
/// </summary>
public sealed class ConfigurationWatcher : IDisposable
{
    /// <summary>An editor's or kubelet's steps of one change lie closer together than this.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly Action _onChange;
    private readonly ITimer _timer;
    private readonly List<FileSystemWatcher> _watchers = [];
    private byte[]? _contents;

    public ConfigurationWatcher(string file, Action onChange, TimeProvider clock, ILogger log)
    {
        (_file, _onChange) = (Path.GetFullPath(file), onChange);
        _timer = clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var folder in Folders(_file))
        {
            if (!Directory.Exists(folder))
            {
                log.NoFolderYet(folder);
                continue;
            }

            try
            {
                _watchers.Add(Watch(folder));
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                log.NotWatched(file, e.Message);
            }
        }

        // After the watches: a change from here on is an event.
        _contents = Contents();
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers) watcher.Dispose();
        _timer.Dispose();
    }

    private FileSystemWatcher Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite };
        watcher.Changed += (_, _) => Touched();
        watcher.Created += (_, _) => Touched();
        watcher.Deleted += (_, _) => Touched();
        watcher.Renamed += (_, _) => Touched();
        watcher.Error += (_, _) => Touched();
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    // The folder of the name, and that of the file it leads to where it is a link.
    private static IEnumerable<string> Folders(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        yield return folder;
        string? target = null;
        try
        {
            target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // A link that leads nowhere, or in a circle.
        }

        if (target is not null && Path.GetDirectoryName(target) is { } other && other != folder && Directory.Exists(other)) yield return other;
    }

    private void Touched() => _timer.Change(Settle, Timeout.InfiniteTimeSpan);

    private void Look()
    {
        lock (_lock)
        {
            var contents = Contents();
            if (contents.AsSpan().SequenceEqual(_contents) && contents is null == _contents is null) return;
            _contents = contents;
        }

        _onChange();
    }

    private byte[]? Contents()
    {
        try
        {
            return File.ReadAllBytes(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
