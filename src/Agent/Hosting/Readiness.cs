using System.Collections.Immutable;

namespace NodeAgent.Hosting;

/// <summary>Which parts of the daemon do their work, and why not. Set from any thread, read without a lock.</summary>
public sealed class Readiness
{
    private readonly Lock _lock = new();
    private volatile ImmutableList<ReadinessPart> _parts = [];

    /// <summary>After each change, on the thread that made it.</summary>
    public event Action? Changed;

    /// <summary>The parts in the order in which they were first named.</summary>
    public IReadOnlyList<ReadinessPart> Snapshot => _parts;

    public bool IsReady => _parts.TrueForAll(static p => p.Ready);

    /// <summary>Says how a part stands; false where that is no news. A part that nobody named counts for nothing, so name yours before the start.</summary>
    public bool Set(string part, bool ready, string reason)
    {
        lock (_lock)
        {
            var next = new ReadinessPart(part, ready, reason);
            var index = _parts.FindIndex(p => p.Name == part);
            if (index >= 0 && _parts[index] == next) return false;
            _parts = index < 0 ? _parts.Add(next) : _parts.SetItem(index, next);
        }

        Changed?.Invoke();
        return true;
    }
}
