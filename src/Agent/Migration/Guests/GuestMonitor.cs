using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using NodeAgent.Files;
using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Native.Linux;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Migration.Guests;

/// <summary>
/// Finds the processes of QEMU on this node and follows them, on a thread of its own that sleeps in the kernel: the kernel tells of programs
/// that start, and each guest's descriptor of its end. Where it does not, /proc is looked over. To be made on a thread in the host's network
/// namespace, where the kernel's events are.
/// </summary>
public sealed class GuestMonitor : IDisposable
{
    /// <summary>/proc is looked over so often where the kernel tells nothing.</summary>
    internal static readonly TimeSpan Often = TimeSpan.FromSeconds(10);

    /// <summary>The same where it does: for what has no event (a process that goes on as its own fork).</summary>
    internal static readonly TimeSpan Seldom = TimeSpan.FromSeconds(60);

    private const ulong EventsTag = 0;

    /// <summary>Events taken in one turn, so that a storm of programs does not hide the ends of guests.</summary>
    private const int MostEvents = 256;

    private readonly HostPaths _paths;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly IGuestObserver _observer;
    private readonly DescriptorSet _set = new();
    private readonly ProcessTable _processes;
    private readonly GuestTable _guests;
    private readonly List<int> _worth = [];
    private readonly Thread _thread;
    private ProcConnector? _events;
    private string? _unreadable;
    private bool _disposed;

    /// <param name="paths">Where /proc is.</param>
    /// <param name="clock">Says when /proc is looked over, and dates the start of guests.</param>
    /// <param name="log">Where it says what it does without.</param>
    /// <param name="observer">Who is told, on the monitor's thread.</param>
    public GuestMonitor(HostPaths paths, TimeProvider clock, ILogger log, IGuestObserver observer)
        : this(paths, clock, log, observer, GuestMeans.All)
    {
    }

    internal GuestMonitor(HostPaths paths, TimeProvider clock, ILogger log, IGuestObserver observer, GuestMeans means)
    {
        (_paths, _clock, _log, _observer) = (paths, clock, log, observer);
        _processes = new ProcessTable(paths.Proc);
        var descriptors = means.HasFlag(GuestMeans.Descriptors) ? WhyNoDescriptors() : "not wanted";
        // Before the first look: what starts meanwhile comes as an event.
        if (means.HasFlag(GuestMeans.Events)) Listen(withExits: descriptors is not null);
        if (descriptors is not null) log.NoProcessDescriptors(descriptors, _events is null ? $"by looking every {Often.TotalSeconds:0} s" : "by the kernel's events");
        _guests = new GuestTable(paths, clock, log, observer, _set, descriptors is null);
        _thread = new Thread(Run, 512 * 1024) { IsBackground = true, Name = "guests" };
        _thread.Start();
    }

    /// <summary>The kernel tells which programs start.</summary>
    internal bool HasEvents => _events is not null;

    /// <summary>Looks at the clock again.</summary>
    internal void Wake() => _set.Wake();

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _set.Stop();
        _thread.Join();
        _guests.Dispose();
        _events?.Dispose();
        _set.Dispose();
    }

    private static string? WhyNoDescriptors()
    {
        using var self = PidFd.Open(Environment.ProcessId);
        return self.IsInvalid ? $"pidfd_open: {Errno.Name(Marshal.GetLastPInvokeError())}; Linux 5.3 has it" : null;
    }

    private void Listen(bool withExits)
    {
        try
        {
            _events = ProcConnector.Open(withExits);
            if (_set.Add(_events.Descriptor, EventsTag) is var refused && refused != 0) throw new NetlinkException("wait for", "events of processes", refused);
        }
        catch (NetlinkException e)
        {
            NoEvents(e.Message);
        }
    }

    private void NoEvents(string reason)
    {
        if (_events is not null) _set.Remove(_events.Descriptor);
        _events?.Dispose();
        _events = null;
        _log.NoProcessEvents(reason, Often.TotalSeconds);
    }

    private void Run()
    {
        SayWhatIsHidden();
        var looked = LookOver();
        try
        {
            _observer.LookedOver();
        }
        catch (Exception e)
        {
            _log.NotTold(e.Message);
        }

        Span<ulong> ready = stackalloc ulong[64];
        while (true)
        {
            var left = (_events is null ? Often : Seldom) - _clock.GetElapsedTime(looked);
            if (_guests.IsLookWanted || left <= TimeSpan.Zero)
            {
                looked = LookOver();
                continue;
            }

            if (_guests.UntilNext is { } next && next < left) left = next;
            if (_set.Wait(left, ready, out var count) == WaitStatus.Stopped) return;
            foreach (var tag in ready[..count])
            {
                if (tag == EventsTag) Hear();
                else _guests.Ready((int)tag);
            }

            _guests.ReadAgain();
        }
    }

    private void Hear()
    {
        try
        {
            for (var i = 0; i < MostEvents && _events is not null; i++)
            {
                switch (_events.Receive(out var heard))
                {
                    case ReceiveStatus.Empty: return;
                    case ReceiveStatus.Overflow:
                        _log.ProcessEventsLost();
                        _guests.IsLookWanted = true;
                        return;
                    default:
                        if (heard.Kind == ProcessEventKind.Exec) _guests.Began(heard.Process);
                        else _guests.Ended(heard.Process);
                        break;
                }
            }
        }
        catch (NetlinkException e)
        {
            NoEvents(e.Message);
        }
    }

    private long LookOver()
    {
        var now = _clock.GetTimestamp();
        _guests.IsLookWanted = false;
        _worth.Clear();
        var unreadable = _processes.Look(_worth);
        if (unreadable is not null && unreadable != _unreadable) _log.NoProcesses(unreadable);
        _unreadable = unreadable;
        _guests.LookForEnds();
        foreach (var pid in _worth) _guests.Seen(pid);
        return now;
    }

    private void SayWhatIsHidden()
    {
        var first = HostFile.Read($"{_paths.Proc}/1/comm");
        if (!first.IsFound) _log.ProcessesHidden(first.Error ?? $"{_paths.Proc}/1 is not there");
    }
}
