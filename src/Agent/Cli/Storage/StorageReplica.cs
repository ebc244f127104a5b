using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Storage;

/// <summary>The state that the messages of a watch add up to, and what each changed.</summary>
internal sealed class StorageReplica
{
    private readonly Dictionary<string, MultipathMap> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StorageInitiator> _initiators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MultipathMap?> _formerMaps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StorageInitiator?> _formerInitiators = new(StringComparer.Ordinal);
    private StorageSource? _formerSource;

    /// <summary>Of the last message that completed a state; 0: there was none.</summary>
    public long Epoch { get; private set; }

    /// <summary>Of the last message that completed a state; 0: there was none.</summary>
    public long Version { get; private set; }

    public bool Started => Epoch != 0;

    public StorageSource? Source { get; private set; }

    public IReadOnlyCollection<MultipathMap> Maps => _maps.Values;

    public IReadOnlyCollection<StorageInitiator> Initiators => _initiators.Values;

    /// <summary>What changed with this message and those before it that it completes; null: more is to come. The first state is no change.</summary>
    public IReadOnlyList<StorageChange>? Take(WatchStorageResponse message)
    {
        if (message.FullState) Begin();
        foreach (var name in message.Removed) Put(_maps, _formerMaps, name, null);
        foreach (var map in message.Changed) Put(_maps, _formerMaps, StorageWords.Identity(map), map);
        foreach (var name in message.InitiatorsRemoved) Put(_initiators, _formerInitiators, name, null);
        foreach (var initiator in message.Initiators) Put(_initiators, _formerInitiators, initiator.Name, initiator);
        if (message.Source is { } source) Source = source;
        if (message.More) return null;
        var first = !Started;
        (Epoch, Version) = (message.Epoch, message.Version);
        var changes = Changes();
        return first ? [] : changes;
    }

    private void Begin()
    {
        foreach (var (name, map) in _maps) _formerMaps.TryAdd(name, map);
        foreach (var (name, initiator) in _initiators) _formerInitiators.TryAdd(name, initiator);
        _maps.Clear();
        _initiators.Clear();
    }

    private static void Put<T>(Dictionary<string, T> now, Dictionary<string, T?> former, string name, T? value)
        where T : class
    {
        former.TryAdd(name, now.GetValueOrDefault(name));
        if (value is null) now.Remove(name);
        else now[name] = value;
    }

    private List<StorageChange> Changes()
    {
        var changes = new List<StorageChange>();
        if (_formerSource is { } source && source.State != Source!.State) changes.Add(new StorageChange("source", StorageWords.Of(Source.State), null, "source", StorageWords.Of(source.State), StorageWords.Of(Source.State), Source.Reason));
        foreach (var (name, former) in _formerInitiators) InitiatorDiff.Add(former, _initiators.GetValueOrDefault(name), changes);
        foreach (var (name, former) in _formerMaps)
        {
            var now = _maps.GetValueOrDefault(name);
            if (former is not null || now is not null) MapDiff.Add(former, now, changes);
        }

        _formerSource = Source;
        _formerMaps.Clear();
        _formerInitiators.Clear();
        return changes;
    }
}
