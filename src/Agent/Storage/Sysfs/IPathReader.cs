using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Sysfs;

/// <summary>Reads what sysfs says of paths' devices; may hang in a driver.</summary>
internal interface IPathReader
{
    /// <summary>What is or was last read; from any thread.</summary>
    DeviceNumber Current { get; }

    /// <summary>The same object as before where nothing changed.</summary>
    PathFacts Read(DeviceNumber number);

    /// <summary>Drops what is kept of paths that nobody has any more.</summary>
    void KeepOnly(IReadOnlyCollection<DeviceNumber> wanted);
}
