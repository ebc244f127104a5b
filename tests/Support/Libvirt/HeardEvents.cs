using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Tests.Support.Libvirt;

/// <summary>Writes down what a source hears.</summary>
public sealed class HeardEvents : IGuestSourceObserver
{
    private readonly Lock _lock = new();
    private readonly List<(GuestProcess Guest, SourceEvent Heard)> _all = [];

    public IReadOnlyList<(GuestProcess Guest, SourceEvent Heard)> All
    {
        get
        {
            lock (_lock) return [.. _all];
        }
    }

    public IReadOnlyList<SourceEventKind> Kinds => [.. All.Select(static e => e.Heard.Kind)];

    public void Heard(GuestProcess guest, in SourceEvent heard)
    {
        lock (_lock) _all.Add((guest, heard));
    }

    /// <summary>Waits for so many events of a kind; the last of them.</summary>
    public SourceEvent Await(SourceEventKind kind, int count = 1)
    {
        if (!Wait.Until(() => Kinds.Count(k => k == kind) >= count)) throw new TimeoutException($"not {count} times {kind}: {string.Join(", ", Kinds)}");
        return All.Where(e => e.Heard.Kind == kind).ElementAt(count - 1).Heard;
    }
}
