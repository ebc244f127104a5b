using System.Diagnostics;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Bench.Storage;

/// <summary>When the kernel's event of a map reaches whoever only waits for it: no agent can know sooner.</summary>
internal sealed class UeventFloor : IDisposable
{
    private readonly UeventMonitor _monitor = UeventMonitor.Open();
    private readonly Thread _thread;
    private long _failed;
    private long _reinstated;

    public UeventFloor()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "uevents" };
        _thread.Start();
    }

    /// <summary>Of the last event that a path failed, as of <see cref="Stopwatch"/>; 0: none since <see cref="Clear"/>.</summary>
    public long Failed => Volatile.Read(ref _failed);

    public long Reinstated => Volatile.Read(ref _reinstated);

    public void Clear()
    {
        Volatile.Write(ref _failed, 0);
        Volatile.Write(ref _reinstated, 0);
    }

    public void Dispose()
    {
        _monitor.Stop();
        _thread.Join();
        _monitor.Dispose();
    }

    private void Run()
    {
        MonitorStatus status;
        while ((status = _monitor.Read(Timeout.InfiniteTimeSpan, out var uevent)) != MonitorStatus.Stopped)
        {
            var now = Stopwatch.GetTimestamp();
            if (status != MonitorStatus.Events) continue;
            var action = uevent["DM_ACTION"u8];
            if (action.SequenceEqual("PATH_FAILED"u8)) Interlocked.CompareExchange(ref _failed, now, 0);
            else if (action.SequenceEqual("PATH_REINSTATED"u8)) Interlocked.CompareExchange(ref _reinstated, now, 0);
        }
    }
}
