using System.Diagnostics;
using System.Text;
using NodeAgent.Bench.Harness;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Idle;

/// <summary>The daemon while nothing happens: who wakes up, how often, and what it holds in memory, with few and with many links.</summary>
internal sealed class IdleBench : IBench
{
    private const int Others = 4000;

    /// <summary>A new port of a bridge forwards after 15 s, which is an event.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(17);

    /// <summary>An interval in which something happened does not count.</summary>
    private const int Attempts = 3;
    private static readonly TimeSpan MostSettling = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public string Name => "idle";

    public string Description => "the daemon for 20 s without an event: wake-ups and memory, with 0 and with 4,000 other links";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        // Both at once: neither does anything.
        var few = Task.Factory.StartNew(() => Measure(0), TaskCreationOptions.LongRunning);
        var many = Task.Factory.StartNew(() => Measure(Others), TaskCreationOptions.LongRunning);
        Show(report, "no other links", few.Result);
        Show(report, "4,000 other links", many.Result);
        report.Judge("wakeups", Math.Max(few.Result.Wakeups, many.Result.Wakeups));
        report.Judge("paced", Math.Max(few.Result.PacedWakeups, many.Result.PacedWakeups));
        report.Judge("runtime", Math.Max(few.Result.RuntimeWakeups, many.Result.RuntimeWakeups));
        report.Judge("heartbeat", Math.Max(few.Result.HeartbeatWakeups, many.Result.HeartbeatWakeups));
        report.Judge("cpu", Math.Max(few.Result.CpuMilliseconds, many.Result.CpuMilliseconds));
        report.Judge("rss", few.Result.Rss);
        report.Judge("rss-anon", few.Result.AnonymousRss);
        report.Judge("rss-4000", many.Result.Rss);
        report.Judge("rss-anon-4000", many.Result.AnonymousRss);
    }

    private static void Show(Report report, string what, IdleFigures figures)
    {
        report.Line($"{what}: {figures.Events} events, {figures.Wakeups} wake-ups, {figures.PacedWakeups} to look at storage and KVM, {figures.RuntimeWakeups} of the runtime's own, {figures.HeartbeatWakeups} of Kestrel's heartbeat, {figures.CpuMilliseconds:0.00} ms of CPU time ({figures.WholeCpuMilliseconds:0.00} ms with threads that ended), RSS {figures.Rss:0.0} MB ({figures.AnonymousRss:0.0} MB anonymous)");
        foreach (var (thread, wakeups) in figures.ByThread.Where(t => t.Value > 0)) report.Line($"  {wakeups} times: thread {thread}");
    }

    private static IdleFigures Measure(int others) => NetworkNamespace.Run(() =>
    {
        // Its router solicitations and their end would be events.
        File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
        var commands = new StringBuilder("link add nic0 type veth peer name sw-nic0\nlink set nic0 up\nlink set sw-nic0 up\nlink add base type veth peer name sw-base\n");
        for (var i = 0; i < others; i++) commands.Append($"link add link base name other{i} type macvlan mode bridge\n");
        Command.Feed(commands.ToString(), "ip", "-batch", "-");
        using var monitor = RtnlMonitor.Open();
        using var daemon = DaemonProcess.Start("""
            interfaces:
            - name: br0
              type: linux-bridge
              state: up
              bridge:
                port:
                - name: nic0

            """);
        var events = new List<RtnlEvent>();
        var start = Stopwatch.GetTimestamp();
        while (monitor.Read(events, Quiet) != MonitorStatus.TimedOut && Stopwatch.GetElapsedTime(start) < MostSettling)
        {
        }

        for (var attempt = 1; ; attempt++)
        {
            var before = daemon.Observe();
            Thread.Sleep(Interval);
            var after = daemon.Observe().Since(before);
            monitor.Read(events, TimeSpan.Zero);
            if (events.Count == 0 || attempt == Attempts) return after with { Events = events.Count };
        }
    });
}
