using NodeAgent.Native.DeviceMapper;
using NodeAgent.Native.Linux;

namespace NodeAgent.Bench.Storage;

/// <summary>Says of many maps what the kernel would.</summary>
internal sealed class FakeDeviceMapper(ManyMaps maps) : IDeviceMapper
{
    public void List(List<DmDevice> devices)
    {
        for (var map = devices.Count; map < maps.Count; map++)
        {
            var (major, minor) = ManyMaps.Number(map);
            devices.Add(new DmDevice(ManyMaps.Name(map), new DmNumber(major, minor), 0, "mpath-" + ManyMaps.Wwid(map)));
        }
    }

    public DmStatus Status(DmNumber device) => Reply(device, maps.StatusOf(MapOf(device)));

    public DmStatus Table(DmNumber device) => Reply(device, maps.TableOf());

    public void Dispose()
    {
    }

    private static int MapOf(DmNumber device) => ManyMaps.MapOf(device.Minor);

    private DmStatus Reply(DmNumber device, ReadOnlySpan<byte> text) => device.Minor < maps.Count
        ? new DmStatus { Targets = 1, Sectors = (ulong)maps.SectorsOf(), Type = "multipath"u8, Text = text }
        : throw new DmException("read the status", Errno.ENXIO);
}
