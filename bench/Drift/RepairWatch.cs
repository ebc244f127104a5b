using System.Diagnostics;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Bench.Drift;

/// <summary>Causes a drift and takes the time between the two events that tell of it and of its repair.</summary>
internal sealed class RepairWatch(NetlinkMonitor monitor, NetlinkConnection connection, Drift drift)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);

    private readonly List<NetlinkEvent> _events = [];

    public TimeSpan Once()
    {
        // Until nothing is heard any more: the former repair's echo is no drift.
        while (monitor.Read(_events, Quiet) != MonitorStatus.TimedOut)
        {
        }

        // A thread of its own, as removing a link is told of long before the request returns.
        var cause = new Thread(() =>
        {
            using var batch = new NetlinkBatch();
            drift.Cause(batch);
            connection.Execute(batch).ThrowIfFailed();
        });
        cause.Start();
        var drifted = Await(drift.Drifted, 0, out var next);
        var repaired = Await(drift.Repaired, next, out _);
        cause.Join();
        return Stopwatch.GetElapsedTime(drifted, repaired);
    }

    // When the event came that is waited for; those before `from` of the last batch have been looked at.
    private long Await(Predicate<NetlinkEvent> wanted, int from, out int next)
    {
        var heard = Stopwatch.GetTimestamp();
        var start = heard;
        while (true)
        {
            for (next = from; next < _events.Count; next++)
            {
                if (!wanted(_events[next])) continue;
                next++;
                return heard;
            }

            from = 0;
            if (Stopwatch.GetElapsedTime(start) > Limit) throw new InvalidOperationException($"{drift.What}: not heard of within {Limit.TotalSeconds} s.");
            if (monitor.Read(_events, Limit) == MonitorStatus.Overflow) throw new InvalidOperationException("Events were lost.");
            heard = Stopwatch.GetTimestamp();
        }
    }
}
