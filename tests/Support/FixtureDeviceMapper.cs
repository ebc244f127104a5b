using NodeAgent.Native.DeviceMapper;
using NodeAgent.Native.Linux;

namespace NodeAgent.Tests.Support;

/// <summary>Device-mapper as it was recorded: the kernel's replies of a <see cref="StorageFixture"/>, read by the code that reads the kernel's.</summary>
public sealed class FixtureDeviceMapper(StorageFixture fixture) : IDeviceMapper
{
    /// <summary>Of struct dm_ioctl.</summary>
    private const int DataSizeOffset = 12;

    private readonly List<DmDevice> _devices = [];

    public void List(List<DmDevice> devices)
    {
        DmReply.List(Recorded("dm/list-devices.hex"), devices);
        _devices.Clear();
        _devices.AddRange(devices);
    }

    public DmStatus Status(DmNumber device) => Reply("status", device);

    public DmStatus Table(DmNumber device) => Reply("table", device);

    public void Dispose()
    {
    }

    /// <summary>The record leaves out zeros at the end.</summary>
    private byte[] Recorded(string file)
    {
        var bytes = fixture.Bytes(file);
        var size = BitConverter.ToInt32(bytes, DataSizeOffset);
        if (bytes.Length < size) Array.Resize(ref bytes, size);
        return bytes;
    }

    private DmStatus Reply(string what, DmNumber device)
    {
        var name = _devices.Find(d => d.Number == device).Name;
        var file = $"dm/{what}-of-{name}.hex";
        return fixture.Has(file) ? DmReply.Status(Recorded(file), $"read the {what} of") : throw new DmException($"read the {what} of {name}", Errno.ENXIO);
    }
}
