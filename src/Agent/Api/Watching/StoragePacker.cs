using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.Mapping;
using NodeAgent.Storage.Store;

namespace NodeAgent.Api.Watching;

/// <summary>Puts what there is of one state of storage into as many messages as it needs: clients take no more than 4 MiB in one.</summary>
internal sealed class StoragePacker(long epoch, StorageState state, DateTimeOffset now)
{
    /// <summary>Bytes after which a message is full.</summary>
    private const int Full = 256 << 10;

    public static V1.WatchStorageResponse New(long epoch, long version, DateTimeOffset now, bool heartbeat) =>
        new() { Epoch = epoch, Version = version, Heartbeat = heartbeat, Time = now.ToTimestamp() };

    /// <summary>Everything, made as it is taken.</summary>
    public IEnumerable<V1.WatchStorageResponse> State()
    {
        var first = New();
        first.FullState = true;
        foreach (var initiator in state.Initiators.Values) first.Initiators.Add(StorageMapping.ToWire(initiator));
        return Pack(first, state.Maps.Values, tellSource: true);
    }

    /// <summary>What has these keys as it is, what is not there as removed, and the source where it changed after a version.</summary>
    public IEnumerable<V1.WatchStorageResponse> Change(long after, IReadOnlyCollection<string> keys)
    {
        var first = New();
        var maps = new List<JudgedMap>();
        foreach (var key in keys)
        {
            if (StorageKey.IsMap(key, out var name, out var identity)) AddMap(name, identity);
            else if (state.Initiators.TryGetValue(name, out var initiator)) first.Initiators.Add(StorageMapping.ToWire(initiator));
            else first.InitiatorsRemoved.Add(name);
        }

        return Pack(first, maps, state.SourceVersion > after);

        void AddMap(string name, string identity)
        {
            if (state.Maps.TryGetValue(name, out var map) && StorageKey.IdentityOf(map.Map) == identity) maps.Add(map);
            else first.Removed.Add(identity);
        }
    }

    private IEnumerable<V1.WatchStorageResponse> Pack(V1.WatchStorageResponse message, IEnumerable<JudgedMap> maps, bool tellSource)
    {
        if (tellSource && state.Source is { } source) message.Source = StorageMapping.ToWire(source);
        var size = message.CalculateSize();
        foreach (var map in maps)
        {
            if (size >= Full)
            {
                message.More = true;
                yield return message;
                (message, size) = (New(), 0);
            }

            var wire = StorageMapping.ToWire(map);
            message.Changed.Add(wire);
            size += wire.CalculateSize();
        }

        yield return message;
    }

    private V1.WatchStorageResponse New() => New(epoch, state.Version, now, heartbeat: false);
}
