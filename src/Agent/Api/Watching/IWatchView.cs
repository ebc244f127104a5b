using NodeAgent.Node;

namespace NodeAgent.Api.Watching;

/// <summary>Versioned state as the messages of one watch. Safe for many watches at once; a watch keeps a version of it and nothing else.</summary>
public interface IWatchView<TMessage>
{
    /// <summary>Tells the versions of this process from those of another.</summary>
    long Epoch { get; }

    /// <summary>The newest version; a version below it may bring nothing to tell.</summary>
    long Version { get; }

    /// <summary>False until there is a state to begin with.</summary>
    bool IsReady { get; }

    /// <summary>Everything there is.</summary>
    WatchBatch<TMessage> State();

    /// <summary>What changed after a version, without messages where nothing of this view did; null where that is not known (any more).</summary>
    WatchBatch<TMessage>? Since(long version);

    /// <summary>A sign of life: nothing changed up to this version.</summary>
    TMessage Heartbeat(long version);

    /// <summary>Signals a watch at each new version.</summary>
    void Subscribe(Pulse watcher);

    void Unsubscribe(Pulse watcher);
}
