using System.Collections.Concurrent;

namespace NodeAgent.Api.Network;

/// <summary>The changes under way that their callers gave a request_id.</summary>
public sealed class RunningChanges
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _byId = new(StringComparer.Ordinal);

    /// <summary>Enters a change; false where one of this id is under way.</summary>
    public bool TryEnter(string id, CancellationTokenSource stop) => id.Length == 0 || _byId.TryAdd(id, stop);

    public void Leave(string id)
    {
        if (id.Length > 0) _byId.TryRemove(id, out _);
    }

    /// <summary>Tells a change to end; false where none of this id is under way.</summary>
    public bool Cancel(string id)
    {
        if (!_byId.TryGetValue(id, out var stop)) return false;
        try
        {
            stop.Cancel();
            return true;
        }
        catch (ObjectDisposedException)
        {
            // It came to its end just now.
            return false;
        }
    }
}
