using NodeAgent.Native.DeviceMapper;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Reading;

/// <summary>Reads a node's storage once, for commands that work without a daemon.</summary>
/// <param name="paths">Where everything is.</param>
/// <param name="clock">Dates the reading.</param>
/// <param name="open">Opens device-mapper; null: the kernel's.</param>
public sealed class StorageReader(HostPaths paths, TimeProvider clock, Func<IDeviceMapper>? open = null)
{
    /// <summary>What could be found out in time. Never throws, and never takes much longer than it is allowed to: what hangs is said in the source's reason.</summary>
    public StorageReading ReadOnce(TimeSpan limit)
    {
        var start = clock.GetTimestamp();
        using var collector = new StorageCollector(paths, clock, open);
        collector.AskAll();
        // Answers bring questions: paths and users are asked for once the maps are known.
        while (!collector.IsSettled && clock.GetElapsedTime(start) < limit) collector.Turn(limit - clock.GetElapsedTime(start));
        collector.Turn(TimeSpan.Zero);
        return collector.Publish(out _, asItIs: true)!;
    }
}
