using Google.Protobuf.WellKnownTypes;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Store;

namespace NodeAgent.Api.Mapping;

/// <summary>Maps, paths and what they go over as messages.</summary>
internal static class StorageMapping
{
    public static V1.MultipathMap ToWire(JudgedMap judged)
    {
        var (map, verdict, history) = (judged.Map, judged.Verdict, judged.History);
        var wire = new V1.MultipathMap
        {
            Name = map.Name,
            Wwid = map.Wwid,
            Device = map.Device,
            DeviceNumber = map.Number.ToString(),
            SizeBytes = map.SizeBytes,
            Product = map.Product ?? "",
            Verdict = ToWire(verdict.State),
            Severity = VerdictMapping.ToWire(verdict.Severity),
            Reason = verdict.Sentence,
            UsablePaths = verdict.UsablePaths,
            BestUsablePaths = verdict.BestUsablePaths,
            QueuesWithoutPaths = map.QueuesIfNoPath,
            QueueingSince = verdict.QueueingSince?.ToTimestamp(),
            Since = verdict.Since.ToTimestamp(),
            Flapping = verdict.IsFlapping,
            Root = map.IsRoot,
            Boot = map.IsBoot,
            Suspended = map.IsSuspended,
            Error = map.Error ?? "",
            RedundancyLost = history.Lost.ToDuration(),
            RedundancyLostSince = history.LostSince?.ToTimestamp(),
        };
        foreach (var group in map.Groups) wire.Groups.Add(ToWire(group));
        foreach (var user in map.Users) wire.Users.Add(new V1.MapUser { Kind = ToWire(user.Kind), Name = user.Name });
        return wire;
    }

    public static V1.StorageInitiator ToWire(StorageInitiator initiator)
    {
        var wire = new V1.StorageInitiator
        {
            Name = initiator.Name,
            Transport = TransportWords.Of(initiator.Transport),
            State = initiator.State ?? "",
            Speed = initiator.Speed ?? "",
            LocalName = initiator.LocalName ?? "",
            Fabric = initiator.Fabric ?? "",
        };
        foreach (var remote in initiator.Remotes)
        {
            wire.Remotes.Add(remote.Name);
            wire.RemotePorts.Add(ToWire(remote));
        }

        foreach (var (name, value) in initiator.Counters) wire.Counters.Add(name, value);
        wire.Errors.Add(initiator.Errors);
        return wire;
    }

    public static V1.StorageSource ToWire(StorageSource source) => new() { State = ToWire(source.State), Reason = source.Reason };

    private static V1.PathGroup ToWire(PathGroup group)
    {
        var wire = new V1.PathGroup { Number = group.Number, State = group.State, Priority = group.Priority ?? 0 };
        foreach (var path in group.Paths) wire.Paths.Add(ToWire(path));
        return wire;
    }

    private static V1.StoragePath ToWire(StoragePath path)
    {
        var wire = new V1.StoragePath
        {
            Device = path.Device,
            DeviceNumber = path.Number.ToString(),
            DmState = PathWords.Dm(path),
            CheckerState = path.CheckerState ?? "",
            DeviceState = path.DeviceState ?? "",
            Hctl = path.Hctl ?? "",
            Initiator = path.Initiator ?? "",
            TargetPort = path.TargetPort ?? "",
            Fabric = path.Fabric ?? "",
            FailCount = path.FailCount,
        };
        if (path.Priority is { } priority) wire.Priority = priority;
        return wire;
    }

    private static V1.RemotePort ToWire(RemotePort remote)
    {
        var wire = new V1.RemotePort { Name = remote.Name, Address = remote.Address ?? "", State = remote.State ?? "", Roles = remote.Roles ?? "" };
        if (remote.DevLossTimeout is { } loss) wire.DevLossTimeoutSeconds = loss;
        if (remote.FastIoFailTimeout is { } fail) wire.FastIoFailTimeoutSeconds = fail;
        return wire;
    }

    private static V1.StorageVerdict ToWire(MapState state) => state switch
    {
        MapState.Healthy => V1.StorageVerdict.Healthy,
        MapState.Degraded => V1.StorageVerdict.Degraded,
        MapState.NoRedundancy => V1.StorageVerdict.NoRedundancy,
        MapState.Failed => V1.StorageVerdict.Failed,
        MapState.Queueing => V1.StorageVerdict.Queueing,
        _ => V1.StorageVerdict.Unknown,
    };

    private static V1.MapUserKind ToWire(MapUserKind kind) => kind switch
    {
        MapUserKind.Mount => V1.MapUserKind.Mount,
        MapUserKind.LogicalVolume => V1.MapUserKind.LogicalVolume,
        MapUserKind.PersistentVolume => V1.MapUserKind.PersistentVolume,
        MapUserKind.Swap => V1.MapUserKind.Swap,
        _ => V1.MapUserKind.Device,
    };

    private static V1.StorageSourceState ToWire(StorageSourceState state) => state switch
    {
        StorageSourceState.Multipathd => V1.StorageSourceState.Multipathd,
        StorageSourceState.DeviceMapper => V1.StorageSourceState.DeviceMapper,
        StorageSourceState.Absent => V1.StorageSourceState.Absent,
        StorageSourceState.Unsupported => V1.StorageSourceState.Unsupported,
        _ => V1.StorageSourceState.Failed,
    };
}
