using System.Diagnostics;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;

namespace NodeAgent.Bench.Drift;

/// <summary>Causes a drift and takes the time between the two events that tell of it and of its repair.</summary>
internal sealed class RepairWatch(RtnlMonitor monitor, NetlinkConnection connection, Drift drift)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);

    private readonly List<RtnlEvent> _events = [];
    private int _next;
    private long _heard;

    public string What => drift.What;

    public TimeSpan Once()
    {
        // Until nothing is heard any more: the former repair's echo is no drift.
        while (monitor.Read(_events, Quiet) != MonitorStatus.TimedOut)
        {
        }

        // A thread of its own, as removing a link is told of long before the request returns.
        var sent = 0L;
        var cause = new Thread(() =>
        {
            using var batch = new NetlinkBatch();
            drift.Cause(batch);
            sent = Stopwatch.GetTimestamp();
            connection.Execute(batch).ThrowIfFailed();
        });
        cause.Start();
        _next = 0;
        var drifted = Await(drift.Drifted);
        var repaired = Await(drift.Repaired);
        cause.Join();
        // Both came with one read: this thread was late, and of the drift only its request's time is known.
        return Stopwatch.GetElapsedTime(drifted == repaired ? sent : drifted, repaired);
    }

    /// <summary>Reads on to the event and returns when it was heard.</summary>
    private long Await(Predicate<RtnlEvent> wanted)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            while (_next < _events.Count)
            {
                if (wanted(_events[_next++])) return _heard;
            }

            if (Stopwatch.GetElapsedTime(start) > Limit) throw new InvalidOperationException($"{drift.What}: not heard of within {Limit.TotalSeconds} s.");
            if (monitor.Read(_events, Limit) == MonitorStatus.Overflow) throw new InvalidOperationException("Events were lost.");
            _heard = Stopwatch.GetTimestamp();
            _next = 0;
        }
    }
}
