using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.Mapping;
using NodeAgent.Storage.Store;

namespace NodeAgent.Api.Storage;

/// <summary>A state of storage as one message, by the daemon or by a command without one.</summary>
internal static class StorageList
{
    private const int MostNamed = 10;

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

    /// <summary>For whoever named a map that is not there: "; there is mpatha, mpathb".</summary>
    /// <param name="maps">Names of those that are.</param>
    /// <param name="reason">Why there may be none.</param>
    public static string Known(IReadOnlyList<string> maps, string reason) => maps.Count switch
    {
        0 => $": {reason}",
        <= MostNamed => $"; there is {string.Join(", ", maps)}",
        _ => $"; there is {string.Join(", ", maps.Take(MostNamed))} and {maps.Count - MostNamed} more: nodeagent storage show lists them",
    };
}
