using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.Mapping;
using NodeAgent.Storage.Store;

namespace NodeAgent.Api.Storage;

/// <summary>A state of storage as one message, by the daemon or by a command without one.</summary>
internal static class StorageList
{
    /// <param name="state">What was read and judged.</param>
    /// <param name="maps">Names or WWIDs of the maps to tell; none: all.</param>
    /// <param name="now">The node's clock.</param>
    public static V1.ListStorageResponse Of(StorageState state, IReadOnlyCollection<string> maps, DateTimeOffset now)
    {
        var list = new V1.ListStorageResponse { Time = now.ToTimestamp() };
        if (state.Source is { } source) list.Source = StorageMapping.ToWire(source);
        foreach (var judged in state.Maps.Values)
        {
            if (maps.Count == 0 || maps.Contains(judged.Map.Name) || maps.Contains(judged.Map.Wwid)) list.Maps.Add(StorageMapping.ToWire(judged));
        }

        foreach (var initiator in state.Initiators.Values) list.Initiators.Add(StorageMapping.ToWire(initiator));
        return list;
    }
}
