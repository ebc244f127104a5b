using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Sysfs;

namespace NodeAgent.Storage.Reading;

/// <summary>Which map a path belongs to by device-mapper's tables, and what sysfs last said of it. Not thread-safe.</summary>
internal sealed class PathIndex
{
    private readonly Dictionary<DeviceNumber, PathFacts> _facts = [];
    private readonly Dictionary<DeviceNumber, string> _mapOf = [];
    private readonly HashSet<DeviceNumber> _unknown = [];

    /// <summary>Of every path that sysfs was asked about, also of those that no map has.</summary>
    public IReadOnlyDictionary<DeviceNumber, PathFacts> Facts => _facts;

    /// <summary>The paths of all maps.</summary>
    public IReadOnlyCollection<DeviceNumber> Numbers => _mapOf.Keys;

    /// <summary>Some map has a path of which sysfs has not been asked yet.</summary>
    public bool HasUnknown => _unknown.Count > 0;

    /// <summary>The map of a path; null: none has it.</summary>
    public string? MapOf(DeviceNumber path) => _mapOf.GetValueOrDefault(path);

    public void Add(DmMap map)
    {
        foreach (var group in map.Groups)
        {
            foreach (var path in group.Paths)
            {
                _mapOf[path.Number] = map.Name;
                // A number that was nobody's the last time may be a new device's.
                if (_facts.GetValueOrDefault(path.Number)?.Route is null) _unknown.Add(path.Number);
            }
        }
    }

    public void Remove(DmMap map)
    {
        foreach (var group in map.Groups)
        {
            foreach (var path in group.Paths)
            {
                _mapOf.Remove(path.Number);
                _unknown.Remove(path.Number);
            }
        }
    }

    /// <summary>Takes in what sysfs said of a path.</summary>
    /// <returns>It is not the same object as before.</returns>
    public bool Set(DeviceNumber path, PathFacts facts)
    {
        if (_facts.TryGetValue(path, out var former) && ReferenceEquals(former, facts)) return false;
        _facts[path] = facts;
        _unknown.Remove(path);
        return true;
    }
}
