using Microsoft.Extensions.Logging;
using NodeAgent.Kvm.Judging;
using NodeAgent.Kvm.Model;
using NodeAgent.Native.Netlink;
using NodeAgent.Verdicts;

namespace NodeAgent.Kvm.Watching;

/// <summary>
/// Checks KVM on a thread of its own, by <see cref="CheckSchedule"/>, and says what it finds on both boards. Between two checks the thread
/// sleeps in the kernel. A check with its probe takes milliseconds, so each one tries a guest.
/// </summary>
public sealed class KvmMonitor : IDisposable
{
    private readonly Func<KvmReport> _check;
    private readonly KvmBoard _board;
    private readonly VerdictBoard _verdicts;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly UeventMonitor? _events;

    /// <param name="check">Makes a report; on the monitor's thread.</param>
    /// <param name="board">Takes the reports.</param>
    /// <param name="verdicts">Takes the verdict.</param>
    /// <param name="clock">Of the schedule.</param>
    /// <param name="log">What could not be checked; what changed the board of verdicts says.</param>
    public KvmMonitor(Func<KvmReport> check, KvmBoard board, VerdictBoard verdicts, TimeProvider clock, ILogger log)
    {
        (_check, _board, _verdicts, _clock, _log) = (check, board, verdicts, clock, log);
        _events = Listen(log);
        _thread = new Thread(Run) { IsBackground = true, Name = "kvm" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stopped.Set();
        _events?.Stop();
        // A driver that hangs is not waited for.
        if (!_thread.Join(TimeSpan.FromSeconds(1))) return;
        _events?.Dispose();
        _stopped.Dispose();
    }

    private static UeventMonitor? Listen(ILogger log)
    {
        try
        {
            return UeventMonitor.Open();
        }
        catch (NetlinkException e)
        {
            log.NoEvents(e.Message);
            return null;
        }
    }

    private void Run()
    {
        var schedule = new CheckSchedule(_clock);
        do
        {
            if (schedule.Left > TimeSpan.Zero) continue;
            schedule.Begin();
            Check();
            schedule.End();
        }
        while (Wait(schedule));
    }

    // False: it ends.
    private bool Wait(CheckSchedule schedule)
    {
        var left = schedule.Left;
        if (_events is null) return !_stopped.Wait(left);
        switch (_events.Read(left, out var uevent))
        {
            case MonitorStatus.Stopped:
                return false;
            case MonitorStatus.Overflow:
            case MonitorStatus.Events when KvmEvents.Matter(uevent):
                schedule.Event();
                return true;
            default:
                return true;
        }
    }

    private void Check()
    {
        try
        {
            var report = _check();
            _board.Set(report);
            _verdicts.Set(VerdictKind.Kvm, [KvmVerdict.Of(report)]);
        }
        catch (Exception e)
        {
            // Whatever is wrong with one check, the next is made, and nothing else of the daemon ends with it.
            _log.CheckFailed(e);
        }
    }
}
