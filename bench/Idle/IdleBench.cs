using System.Text;
using NodeAgent.Bench.Harness;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Idle;

/// <summary>The daemon while nothing happens: who wakes up, how often, and what it holds in memory, with few and with many links.</summary>
internal sealed class IdleBench : IBench
{
    private const int Others = 4000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(8);
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
        report.Judge("cpu", Math.Max(few.Result.CpuMilliseconds, many.Result.CpuMilliseconds));
        report.Judge("rss", few.Result.Rss);
        report.Judge("rss-anon", few.Result.AnonymousRss);
        report.Judge("rss-4000", many.Result.Rss);
        report.Judge("rss-anon-4000", many.Result.AnonymousRss);
    }

    private static void Show(Report report, string what, IdleFigures figures)
    {
        report.Line($"{what}: {figures.Wakeups} wake-ups, {figures.CpuMilliseconds:0.00} ms of CPU time, RSS {figures.Rss:0.0} MB ({figures.AnonymousRss:0.0} MB anonymous)");
        foreach (var (thread, wakeups) in figures.ByThread.Where(t => t.Value > 0)) report.Line($"  {wakeups} times: thread {thread}");
    }

    private static IdleFigures Measure(int others) => NetworkNamespace.Run(() =>
    {
        var commands = new StringBuilder("link add nic0 type veth peer name sw-nic0\nlink set nic0 up\nlink set sw-nic0 up\n");
        for (var i = 0; i < others; i++) commands.Append($"link add link nic0 name other{i} type macvlan mode bridge\n");
        Command.Feed(commands.ToString(), "ip", "-batch", "-");
        using var daemon = DaemonProcess.Start("""
            interfaces:
            - name: br0
              type: linux-bridge
              state: up
              bridge:
                port:
                - name: nic0

            """);
        Thread.Sleep(Settle);
        var before = daemon.Observe();
        Thread.Sleep(Interval);
        return daemon.Observe().Since(before);
    });
}
