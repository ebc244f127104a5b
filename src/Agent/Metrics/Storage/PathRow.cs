using NodeAgent.Metrics.Instruments;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;

namespace NodeAgent.Metrics.Storage;

/// <summary>A path with the labels of its series.</summary>
internal sealed class PathRow(string map, StoragePath path)
{
    public LabelSet Labels { get; } = new(("map", map), ("path", path.Device));

    public LabelSet Info { get; } = new(
        ("map", map), ("path", path.Device), ("dm", PathWords.Dm(path)), ("checker", path.CheckerState ?? ""), ("device", path.DeviceState ?? ""), ("initiator", path.Initiator ?? ""), ("target_port", path.TargetPort ?? ""));

    public bool IsActive { get; } = PathWords.IsUsable(path);

    public long Failures { get; } = path.FailCount;
}
