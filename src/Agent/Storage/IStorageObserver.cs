using NodeAgent.Storage.Model;

namespace NodeAgent.Storage;

/// <summary>Is told of each reading that differs from the one before, on the monitor's thread: it must return soon and may not throw.</summary>
public interface IStorageObserver
{
    /// <param name="reading">The whole; what did not change is the same object as before.</param>
    /// <param name="changed">Names of the maps that came, went or differ; null: take all as changed.</param>
    void Read(StorageReading reading, IReadOnlyCollection<string>? changed);
}
