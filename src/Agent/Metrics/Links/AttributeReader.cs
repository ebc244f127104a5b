using Microsoft.Extensions.Logging;
using NodeAgent.Native.Rtnl;

namespace NodeAgent.Metrics.Links;

/// <summary>
/// Keeps what only sysfs tells of links, read by a thread of its own whenever the kernel's list says that it may have changed.
/// A driver that never answers costs that one link: another thread goes on with the rest.
/// </summary>
internal sealed class AttributeReader(string sys, TimeProvider clock, ILogger log) : IDisposable
{
    /// <summary>A read that takes longer is stuck.</summary>
    public static readonly TimeSpan Stuck = TimeSpan.FromSeconds(2);

    /// <summary>Stuck threads at most; beyond that no more attributes are read.</summary>
    public const int MostStuck = 8;

    private readonly Lock _lock = new();
    private readonly List<AttributeThread> _stuck = [];
    private readonly List<LinkEntry> _due = [];
    private AttributeThread? _thread;

    /// <summary>Reads that have been waiting for a driver for longer than <see cref="Stuck"/>.</summary>
    public int StuckReads
    {
        get
        {
            lock (_lock)
            {
                _stuck.RemoveAll(static thread => thread.Ended);
                return _stuck.Count + (_thread?.BusyFor > Stuck ? 1 : 0);
            }
        }
    }

    /// <summary>Asks for the attributes of links that are new or changed. Returns at once: what ends when they are read (or given up), or null where there are none.</summary>
    public Task? Refresh(LinkIndex index, List<LinkMessage> links)
    {
        foreach (var link in links)
        {
            var entry = index.Find(link.Index)!;
            var key = new AttributeKey(link.Flags, link.OperState ?? OperState.Unknown, link.CarrierChanges ?? 0, link.Address, link.Master ?? 0);
            if (entry.AttributesAsOf == key) continue;
            // A bridge or bond has the speed of its ports.
            if (index.Find(entry.AttributesAsOf?.Master) is { } former) _due.Add(former);
            entry.AttributesAsOf = key;
            _due.Add(entry);
            if (index.Find(link.Master) is { } master) _due.Add(master);
        }

        if (_due.Count == 0)
        {
            if (_thread?.BusyFor > Stuck) Replace();
            return null;
        }

        var thread = Replace();
        thread.Add(_due);
        _due.Clear();
        return thread.Pending;
    }

    public void Dispose()
    {
        lock (_lock) _thread?.Dispose();
    }

    // The thread to go on with: a new one, with what the former had still to do, where that one is stuck.
    private AttributeThread Replace()
    {
        lock (_lock)
        {
            if (_thread is null) return _thread = new AttributeThread(sys, clock);
            if (_thread.BusyFor <= Stuck || _stuck.Count >= MostStuck) return _thread;
            log.AttributeStuck(Path.Combine(sys, "class/net", _thread.Current ?? ""), _thread.Current ?? "", Stuck.TotalSeconds);
            _stuck.RemoveAll(static thread => thread.Ended);
            _stuck.Add(_thread);
            var next = new AttributeThread(sys, clock);
            next.Add(_thread.Abandon());
            return _thread = next;
        }
    }
}
