using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Store;

/// <summary>
/// The storage of the node as everybody sees it: the newest reading with the verdicts of its maps. The monitor's thread publishes,
/// everybody reads without a lock; a publication costs what changed.
/// </summary>
/// <param name="epoch">Tells the versions of this process from those of another: the time of its start in Unix nanoseconds.</param>
public sealed class StorageStore(long epoch) : IStorageObserver
{
    private volatile StorageReading? _reading;

    public long Epoch { get; } = epoch;

    public StorageReading? Reading => _reading;

    public void Read(StorageReading reading, IReadOnlyCollection<string>? changed)
    {
        _reading = reading;
    }
}
