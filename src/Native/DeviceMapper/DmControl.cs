using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;
using static NodeAgent.Native.Linux.DmIoctl;

namespace NodeAgent.Native.DeviceMapper;

/// <summary>
/// The kernel's own device-mapper, asked through its control node (/dev/mapper/control; takes CAP_SYS_ADMIN). Reads only: no call of it
/// changes a device. For one thread, except <see cref="Stop"/> and <see cref="Wake"/>.
/// https://docs.kernel.org/admin-guide/device-mapper/
/// </summary>
public sealed unsafe class DmControl : IDeviceMapper
{
    /// <summary>Enough for a list of hundreds, and for the status of a map of dozens of paths.</summary>
    private const int InitialBuffer = 16 << 10;

    /// <summary>100,000 devices take less.</summary>
    private const int MaxBuffer = 64 << 20;

    private readonly FileDescriptor _control;
    private readonly Waiter _waiter;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(InitialBuffer, pinned: true);

    private DmControl(FileDescriptor control, Waiter waiter) => (_control, _waiter) = (control, waiter);

    /// <param name="node">/dev/mapper/control</param>
    /// <exception cref="DmException">ENOENT: no node; ENODEV or ENXIO: a node, and no device-mapper in the kernel; EACCES: not permitted.</exception>
    public static DmControl Open(string node)
    {
        var operation = $"open {node}";
        var control = Fcntl.open(node, Fcntl.O_RDWR | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC);
        if (control.IsInvalid) throw new DmException(operation, Marshal.GetLastPInvokeError());
        var waiter = new Waiter();
        var result = new DmControl(control, waiter);
        try
        {
            if (waiter.IsInvalid) throw new DmException("make an eventfd", Marshal.GetLastPInvokeError());
            result.Version();
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Of the interface: 4.48.0. It takes no privilege.</summary>
    public Version Version()
    {
        Call(DM_VERSION, "ask for the version", null, 0);
        ref readonly var head = ref MemoryMarshal.AsRef<dm_ioctl>(_buffer);
        return new Version((int)head.version[0], (int)head.version[1], (int)head.version[2]);
    }

    public void List(List<DmDevice> devices)
    {
        // Kernels before 4.13 write less behind a name: what an earlier answer left there must not be taken for theirs.
        _buffer.AsSpan().Clear();
        Call(DM_LIST_DEVICES, "list the devices", null, DM_UUID_FLAG);
        DmReply.List(_buffer, devices);
    }

    public DmStatus Status(DmNumber device) => Status(device, "read the status of", DM_NOFLUSH_FLAG);

    public DmStatus Table(DmNumber device) => Status(device, "read the table of", DM_NOFLUSH_FLAG | DM_STATUS_TABLE_FLAG);

    /// <summary>From here on an event of any device ends <see cref="Wait"/>: call it, then list, then wait. Linux 4.13.</summary>
    /// <exception cref="DmException">ENOTTY: the kernel is older.</exception>
    public void Arm() => Call(DM_DEV_ARM_POLL, "wait for events", null, 0);

    /// <summary>Waits for an event of any device since <see cref="Arm"/>; a negative timeout waits until there is one.</summary>
    public WaitStatus Wait(TimeSpan timeout)
    {
        var status = _waiter.Wait(_control, timeout, out var errno);
        return errno == 0 ? status : throw new DmException("wait for events", errno);
    }

    /// <summary>Ends the current and every later <see cref="Wait"/>; from any thread.</summary>
    public void Stop() => _waiter.Stop();

    /// <summary>Ends the current or else the next <see cref="Wait"/>; from any thread.</summary>
    public void Wake() => _waiter.Wake();

    public void Dispose()
    {
        _control.Dispose();
        _waiter.Dispose();
    }

    private DmStatus Status(DmNumber device, string operation, uint flags)
    {
        Call(DM_TABLE_STATUS, operation, device, flags);
        return DmReply.Status(_buffer, operation);
    }

    /// <summary>Asks again with twice the room for as long as the answer does not fit.</summary>
    private void Call(uint request, string operation, DmNumber? device, uint flags)
    {
        while (true)
        {
            var head = (dm_ioctl*)Marshal.UnsafeAddrOfPinnedArrayElement(_buffer, 0);
            *head = default;
            head->version[0] = DM_VERSION_MAJOR;
            head->data_size = (uint)_buffer.Length;
            head->data_start = (uint)sizeof(dm_ioctl);
            head->dev = device?.Encoded ?? 0;
            head->flags = flags;
            if (SysIoctl.ioctl(_control, request, head) < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.EINTR) continue;
                throw new DmException(device is { } d ? $"{operation} device {d.Major}:{d.Minor}" : operation, errno);
            }

            if ((head->flags & DM_BUFFER_FULL_FLAG) == 0) return;
            if (_buffer.Length >= MaxBuffer) throw new DmException(operation, $"more than {MaxBuffer} bytes", _buffer.Length);
            _buffer = GC.AllocateArray<byte>(_buffer.Length * 2, pinned: true);
        }
    }
}
