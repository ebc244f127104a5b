using System.Collections.Frozen;
using System.Collections.Immutable;
using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Multipathd;
using NodeAgent.Storage.Sysfs;
using NodeAgent.Storage.Users;

namespace NodeAgent.Storage.Reading;

/// <summary>
/// The latest of what each party said, and the maps made of it. Takes in what is new, and makes again only the maps it is about. Not thread-safe.
/// </summary>
internal sealed class StorageState
{
    private readonly PathIndex _paths = new();
    private readonly HashSet<string> _dirty = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MultipathMap> _maps = new(StringComparer.Ordinal);
    private Dictionary<string, DmMap> _byName = new(StringComparer.Ordinal);
    private MultipathdReading _told = new() { Problem = "multipathd has not answered yet" };
    private FrozenDictionary<string, StorageInitiator> _initiators = FrozenDictionary<string, StorageInitiator>.Empty;
    private FrozenDictionary<DeviceNumber, MapUse> _users = FrozenDictionary<DeviceNumber, MapUse>.Empty;
    private StorageReading? _reading;

    public DmSnapshot Devices { get; private set; } = DmSnapshot.Without(StorageSourceState.Failed, "device-mapper has not answered yet");

    /// <summary>Device-mapper does not answer: what there is of maps is multipathd's.</summary>
    public bool IsDmSilent => Devices.State != StorageSourceState.DeviceMapper;

    /// <summary>The paths of all maps.</summary>
    public IReadOnlyCollection<DeviceNumber> PathNumbers => _paths.Numbers;

    /// <summary>Some map has a path of which sysfs has not been asked yet.</summary>
    public bool HasUnknownPaths => _paths.HasUnknown;

    /// <summary>The maps as they were last made, by name.</summary>
    public IReadOnlyDictionary<string, MultipathMap> Maps => _maps;

    /// <summary>What device-mapper said.</summary>
    /// <param name="devices">All of it; what did not change is the same object.</param>
    /// <param name="changed">Gets the maps that are new or differ.</param>
    /// <returns>Devices came or went.</returns>
    public bool Set(DmSnapshot devices, List<DmMap> changed)
    {
        if (ReferenceEquals(devices, Devices)) return false;
        if (devices.State != Devices.State || devices.Reason != Devices.Reason) AllDirty();
        if (HasSameMaps(devices)) SetEach(devices, changed);
        else SetAll(devices, changed);
        var moved = !ReferenceEquals(devices.Others, Devices.Others) || devices.Maps.Length != Devices.Maps.Length;
        foreach (var map in changed) moved |= !_maps.ContainsKey(map.Name);
        Devices = devices;
        return moved;
    }

    private bool HasSameMaps(DmSnapshot devices)
    {
        if (devices.Maps.Length != Devices.Maps.Length) return false;
        for (var i = 0; i < devices.Maps.Length; i++)
        {
            var (map, former) = (devices.Maps[i], Devices.Maps[i]);
            if (!ReferenceEquals(map, former) && map.Name != former.Name) return false;
        }

        return true;
    }

    private void SetEach(DmSnapshot devices, List<DmMap> changed)
    {
        for (var i = 0; i < devices.Maps.Length; i++)
        {
            var (map, former) = (devices.Maps[i], Devices.Maps[i]);
            if (ReferenceEquals(map, former)) continue;
            changed.Add(map);
            _dirty.Add(map.Name);
            _paths.Remove(former);
            _byName[map.Name] = map;
        }

        foreach (var map in changed) _paths.Add(map);
    }

    private void SetAll(DmSnapshot devices, List<DmMap> changed)
    {
        var byName = new Dictionary<string, DmMap>(devices.Maps.Length, StringComparer.Ordinal);
        foreach (var map in devices.Maps)
        {
            byName[map.Name] = map;
            if (_byName.TryGetValue(map.Name, out var former) && ReferenceEquals(former, map)) continue;
            changed.Add(map);
            _dirty.Add(map.Name);
        }

        foreach (var (name, former) in _byName)
        {
            if (byName.TryGetValue(name, out var map) && ReferenceEquals(former, map)) continue;
            if (map is null) _dirty.Add(name);
            _paths.Remove(former);
        }

        foreach (var map in changed) _paths.Add(map);
        _byName = byName;
    }

    /// <summary>What multipathd said.</summary>
    public void Set(MultipathdReading told)
    {
        if (!ReferenceEquals(told.Orphans, _told.Orphans) || told.Problem != _told.Problem) AllDirty();
        _dirty.UnionWith(told.Asked ?? told.Maps.Keys);
        if (told.Asked is null) _dirty.UnionWith(_told.Maps.Keys);
        _told = told;
    }

    /// <summary>What sysfs said of paths.</summary>
    public void Set(IReadOnlyList<KeyValuePair<DeviceNumber, PathFacts>> facts)
    {
        foreach (var (number, fact) in facts)
        {
            if (!_paths.Set(number, fact)) continue;
            if (_paths.MapOf(number) is { } name) _dirty.Add(name);
            else if (IsDmSilent) AllDirty();
        }
    }

    public void Set(ImmutableArray<StorageInitiator> initiators)
    {
        if (initiators == Initiators) return;
        Initiators = initiators;
        _initiators = initiators.ToFrozenDictionary(static i => i.Name, StringComparer.Ordinal);
        AllDirty();
    }

    public ImmutableArray<StorageInitiator> Initiators { get; private set; } = [];

    public void Set(FrozenDictionary<DeviceNumber, MapUse> users)
    {
        foreach (var (name, map) in _byName)
        {
            if (!Same(_users.GetValueOrDefault(map.Number), users.GetValueOrDefault(map.Number))) _dirty.Add(name);
        }

        _users = users;
    }

    /// <summary>The whole, if it differs from what was last given out.</summary>
    /// <param name="time">When it was read.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="eventTimestamp">Of the event that made it be read.</param>
    /// <param name="changed">Names of the maps that came, went or differ.</param>
    public StorageReading? Publish(DateTimeOffset time, StorageSource source, long? eventTimestamp, out IReadOnlyCollection<string> changed)
    {
        var differ = new List<string>();
        changed = differ;
        var moved = _reading is null;
        if (_dirty.Count > 0)
        {
            var join = new MapJoin(_paths.Facts, _initiators, _told.Orphans);
            foreach (var name in _dirty) moved |= Make(join, name, differ);
            _dirty.Clear();
        }

        if (_reading is not null && differ.Count == 0 && source == _reading.Source && ReferenceEquals(Boxed, _reading.Initiators)) return null;
        _reading = new StorageReading
        {
            Source = source,
            Maps = moved ? Sorted() : Replaced(differ),
            Initiators = Boxed,
            Time = time,
            EventTimestamp = eventTimestamp,
        };
        return _reading;
    }

    public StorageSource Source => SourceJudge.Of(Devices, _told);

    private IReadOnlyList<StorageInitiator> Boxed => field is ImmutableArray<StorageInitiator> same && same == Initiators ? field : field = Initiators;

    /// <returns>The map came or went.</returns>
    private bool Make(MapJoin join, string name, List<string> differ)
    {
        var told = _told.Maps.GetValueOrDefault(name);
        MultipathMap? map = null;
        if (_byName.TryGetValue(name, out var dm))
            map = join.Join(dm, told, _users.GetValueOrDefault(dm.Number) ?? MapUse.None, IsDmSilent ? Devices.Reason : null);
        else if (IsDmSilent && told is not null)
            map = join.Join(told);
        var known = _maps.TryGetValue(name, out var former);
        if (map is null)
        {
            if (!known) return false;
            _maps.Remove(name);
            differ.Add(name);
            return true;
        }

        if (known && MapComparer.Same(former!, map)) return false;
        _maps[name] = map;
        differ.Add(name);
        return !known;
    }

    private MultipathMap[] Sorted()
    {
        var maps = new MultipathMap[_maps.Count];
        _maps.Values.CopyTo(maps, 0);
        Array.Sort(maps, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return maps;
    }

    private IReadOnlyList<MultipathMap> Replaced(List<string> differ)
    {
        if (differ.Count == 0) return _reading!.Maps;
        var maps = (MultipathMap[])((MultipathMap[])_reading!.Maps).Clone();
        foreach (var name in differ)
        {
            var (low, high) = (0, maps.Length - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (string.CompareOrdinal(maps[middle].Name, name) < 0) low = middle + 1;
                else high = middle;
            }

            maps[low] = _maps[name];
        }

        return maps;
    }

    private void AllDirty()
    {
        foreach (var name in _byName.Keys) _dirty.Add(name);
        foreach (var name in _maps.Keys) _dirty.Add(name);
    }

    private static bool Same(MapUse? a, MapUse? b)
    {
        if (a is null || b is null) return ReferenceEquals(a, b);
        return a.IsRoot == b.IsRoot && a.IsBoot == b.IsBoot && a.Users.SequenceEqual(b.Users);
    }
}
