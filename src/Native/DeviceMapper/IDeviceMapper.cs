namespace NodeAgent.Native.DeviceMapper;

/// <summary>What can be asked of device-mapper. For one thread.</summary>
public interface IDeviceMapper : IDisposable
{
    /// <summary>All devices, in the kernel's order. Where an entry is as it was in <paramref name="devices"/>, its strings stay the same objects.</summary>
    /// <exception cref="DmException">The kernel refused, or its answer makes no sense.</exception>
    void List(List<DmDevice> devices);

    /// <summary>What the device's live table does at present; asks for no flush, so that I/O which waits for a path delays nothing.</summary>
    /// <exception cref="DmException">ENXIO: there is no such device (any more).</exception>
    DmStatus Status(DmNumber device);

    /// <summary>The device's live table as it was loaded.</summary>
    /// <exception cref="DmException">ENXIO: there is no such device (any more).</exception>
    DmStatus Table(DmNumber device);
}
