using System.Collections.Immutable;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Store;

/// <summary>A state of storage while a reading is taken in: what differs gets the new version, and nothing else is touched.</summary>
internal sealed class StorageUpdate(StorageState old)
{
    private ImmutableSortedDictionary<string, JudgedMap> _maps = old.Maps;
    private ImmutableSortedDictionary<string, StorageInitiator> _initiators = old.Initiators;
    private bool _sourceChanged;

    public long Version { get; } = old.Version + 1;

    public StorageSource? Source { get; private set; } = old.Source;

    /// <summary>Keys of what came, changed or went.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>Names of the maps that came or changed.</summary>
    public List<string> Judged { get; } = [];

    /// <summary>Names of the maps that went.</summary>
    public List<string> Gone { get; } = [];

    public IReadOnlyDictionary<string, StorageInitiator> Initiators => _initiators;

    public bool IsChanged => _sourceChanged || Keys.Count > 0;

    public JudgedMap? Find(string name) => _maps.GetValueOrDefault(name);

    public void Put(JudgedMap map)
    {
        var former = Find(map.Map.Name);
        if (former?.Version != Version)
        {
            Keys.Add(StorageKey.OfMap(map.Map));
            Judged.Add(map.Map.Name);
        }

        // The name is another volume's now.
        if (former is not null && former.Map.Wwid != map.Map.Wwid) Keys.Add(StorageKey.OfMap(former.Map));
        _maps = _maps.SetItem(map.Map.Name, map);
    }

    public void Remove(MultipathMap map)
    {
        _maps = _maps.Remove(map.Name);
        Keys.Add(StorageKey.OfMap(map));
        Gone.Add(map.Name);
    }

    /// <summary>True where the source is another one, or says another thing.</summary>
    public bool Take(StorageSource source)
    {
        _sourceChanged = source != old.Source;
        Source = source;
        return _sourceChanged;
    }

    /// <summary>True where the state of an initiator is another: maps that go over it may be judged otherwise.</summary>
    public bool Take(IReadOnlyList<StorageInitiator> initiators)
    {
        var suspect = false;
        for (var i = 0; i < initiators.Count; i++)
        {
            var former = _initiators.GetValueOrDefault(initiators[i].Name);
            if (ReferenceEquals(former, initiators[i])) continue;
            suspect |= former?.State != initiators[i].State;
            _initiators = _initiators.SetItem(initiators[i].Name, initiators[i]);
            Keys.Add(StorageKey.OfInitiator(initiators[i].Name));
        }

        if (_initiators.Count == initiators.Count) return suspect;
        var present = initiators.Select(static i => i.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _initiators.Keys.Where(n => !present.Contains(n)).ToList())
        {
            _initiators = _initiators.Remove(name);
            Keys.Add(StorageKey.OfInitiator(name));
        }

        return true;
    }

    public StorageState State() => old with
    {
        Version = Version,
        Source = Source,
        SourceVersion = _sourceChanged ? Version : old.SourceVersion,
        Maps = _maps,
        Initiators = _initiators,
    };
}
