using Microsoft.Extensions.Logging;

namespace NodeAgent.Migration.Libvirt;

/// <summary>The daemons that guests are read by, each by its socket, for as long as somebody uses them.</summary>
internal sealed class LibvirtDaemons(IDaemonSockets sockets, TimeProvider time, ILogger log)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(ulong Device, ulong Inode), LibvirtDaemon> _daemons = [];

    public int Count
    {
        get
        {
            lock (_gate) return _daemons.Count;
        }
    }

    /// <summary>To be given back by <see cref="Release"/>, once.</summary>
    public LibvirtDaemon Use((ulong Device, ulong Inode) key)
    {
        lock (_gate)
        {
            if (!_daemons.TryGetValue(key, out var daemon)) _daemons.Add(key, daemon = new LibvirtDaemon(this, sockets, time, log) { Key = key });
            daemon.Users++;
            return daemon;
        }
    }

    public void Release(LibvirtDaemon daemon)
    {
        lock (_gate)
        {
            if (--daemon.Users > 0) return;
            Forget(daemon);
        }

        daemon.End();
    }

    /// <summary>It was started again, so its socket is another file.</summary>
    public void Rekey(LibvirtDaemon daemon, (ulong Device, ulong Inode) key)
    {
        lock (_gate)
        {
            Forget(daemon);
            daemon.Key = key;

            // A guest that came meanwhile may have connected already: both go on, and later guests join that one.
            if (daemon.Users > 0) _daemons.TryAdd(key, daemon);
        }
    }

    public void End()
    {
        LibvirtDaemon[] all;
        lock (_gate)
        {
            all = [.. _daemons.Values];
            _daemons.Clear();
        }

        foreach (var daemon in all) daemon.End();
    }

    private void Forget(LibvirtDaemon daemon)
    {
        if (_daemons.TryGetValue(daemon.Key, out var known) && known == daemon) _daemons.Remove(daemon.Key);
    }
}
