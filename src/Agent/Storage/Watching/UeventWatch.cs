using Microsoft.Extensions.Logging;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Native.Netlink;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Reading;

namespace NodeAgent.Storage.Watching;

/// <summary>
/// Hears the kernel's device events on a thread of its own, and asks for what each is about to be read again. They may not reach this
/// process (a network namespace of another user namespace, a container): then what there is comes from device-mapper's own events and the slow readings.
/// </summary>
internal sealed class UeventWatch : IDisposable
{
    private readonly UeventMonitor _monitor;
    private readonly StorageCollector _collector;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Thread _thread;

    private UeventWatch(UeventMonitor monitor, StorageCollector collector, TimeProvider clock, ILogger log)
    {
        (_monitor, _collector, _clock, _log) = (monitor, collector, clock, log);
        _thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "storage uevents" };
        _thread.Start();
    }

    /// <summary>In the calling thread's network namespace. Null where the kernel gives no socket, which is said.</summary>
    public static UeventWatch? Start(StorageCollector collector, TimeProvider clock, ILogger log)
    {
        try
        {
            return new UeventWatch(UeventMonitor.Open(), collector, clock, log);
        }
        catch (NetlinkException e)
        {
            log.NoUevents(e.Message);
            return null;
        }
    }

    public void Dispose()
    {
        _monitor.Stop();
        _thread.Join();
        _monitor.Dispose();
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                switch (_monitor.Read(Timeout.InfiniteTimeSpan, out var uevent))
                {
                    case MonitorStatus.Events: Hear(uevent); break;
                    case MonitorStatus.Overflow:
                        _log.UeventsLost();
                        _collector.AskAll();
                        break;
                    case MonitorStatus.Stopped: return;
                }
            }
        }
        catch (NetlinkException e)
        {
            _log.NoUevents(e.Message);
        }
    }

    private void Hear(in Uevent uevent)
    {
        var topic = UeventTopics.Of(uevent, out var number, out var isChange);
        if (topic == UeventTopic.None) return;
        var now = _clock.GetTimestamp();
        switch (topic)
        {
            case UeventTopic.Map when isChange: _collector.AskDevice(new DmNumber(number.Major, number.Minor), now); break;
            case UeventTopic.Map or UeventTopic.DeviceMapper: _collector.AskDevices(now); break;
            case UeventTopic.Path: _collector.AskPath(new DeviceNumber(number.Major, number.Minor)); break;
            case UeventTopic.Adapter:
                _collector.AskAdapters();
                _collector.AskPaths();
                break;
        }
    }
}
