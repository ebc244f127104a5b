using Microsoft.Extensions.Logging;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Native.Linux;
using NodeAgent.Storage.Reading;

namespace NodeAgent.Storage.Watching;

/// <summary>
/// Waits for device-mapper's own events, all devices' through one descriptor, on a thread of its own: they come where the kernel's device
/// events do not reach. Kernels before 4.13 have none; where the control node cannot be opened it is tried again.
/// </summary>
internal sealed class DmWatch : IDisposable
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(30);

    private readonly string _node;
    private readonly StorageCollector _collector;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Dictionary<DmNumber, uint> _events = [];
    private readonly List<DmDevice> _devices = [];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private DmControl? _control;

    public DmWatch(HostPaths paths, StorageCollector collector, TimeProvider clock, ILogger log)
    {
        (_node, _collector, _clock, _log) = ($"{paths.Dev}/mapper/control", collector, clock, log);
        _thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "storage dm events" };
        _thread.Start();
    }

    /// <summary>Does not wait for the thread: an ioctl of it may hang.</summary>
    public void Dispose()
    {
        _stop.Set();
        lock (_gate) _control?.Stop();
    }

    private void Run()
    {
        while (!_stop.IsSet)
        {
            try
            {
                using var control = DmControl.Open(_node);
                lock (_gate) _control = control;
                Watch(control);
            }
            catch (DmException e) when (e.Errno == Errno.ENOTTY)
            {
                _log.NoDmEvents();
                return;
            }
            catch (DmException)
            {
                // Without a device-mapper there is nothing to hear; that there is none the readings say.
            }
            finally
            {
                lock (_gate) _control = null;
            }

            _stop.Wait(s_retry);
        }
    }

    private void Watch(DmControl control)
    {
        _events.Clear();
        for (var first = true; !_stop.IsSet; first = false)
        {
            control.Arm();
            control.List(_devices);
            Compare(first);
            if (control.Wait(Timeout.InfiniteTimeSpan) == WaitStatus.Stopped) return;
        }
    }

    /// <summary>Asks for the devices whose event number has risen; the first time for all, since what they did after they were last read is not known.</summary>
    private void Compare(bool first)
    {
        var now = _clock.GetTimestamp();
        var moved = _devices.Count != _events.Count;
        foreach (var device in _devices)
        {
            if (!_events.TryGetValue(device.Number, out var former)) moved = true;
            else if (device.EventNumber is not { } number) moved = true;
            else if (former != number) _collector.AskDevice(device.Number, now);
            _events[device.Number] = device.EventNumber ?? 0;
        }

        if (!moved) return;
        _events.Clear();
        foreach (var device in _devices) _events[device.Number] = device.EventNumber ?? 0;
        _collector.AskDevices(first ? null : now);
    }
}
