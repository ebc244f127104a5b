using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Multipathd;

namespace NodeAgent.Storage.Reading;

/// <summary>Where the knowledge of maps comes from, by who answered.</summary>
internal static class SourceJudge
{
    public static StorageSource Of(DmSnapshot dm, MultipathdReading multipathd) => dm.State switch
    {
        StorageSourceState.Unsupported => new(StorageSourceState.Unsupported, dm.Reason),
        StorageSourceState.DeviceMapper when multipathd.Problem is null => new(StorageSourceState.Multipathd, "device-mapper and multipathd answer"),
        _ when multipathd.IsAbsent && (dm.HasSurelyNone || dm is { State: StorageSourceState.DeviceMapper, Maps.Length: 0 }) =>
            new(StorageSourceState.Absent, "this node has no multipath maps, and multipathd is not running"),
        StorageSourceState.DeviceMapper => new(StorageSourceState.DeviceMapper, multipathd.Problem),
        _ when multipathd.Problem is null => new(StorageSourceState.Multipathd, $"states are those multipathd last saw, for {dm.Reason}"),
        _ => new(StorageSourceState.Failed, $"{dm.Reason}; {multipathd.Problem}"),
    };
}
