using NodeAgent.Bench.Harness;
using NodeAgent.Bench.Idle;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Watch;

/// <summary>
/// 100 clients of the daemon's socket, each on a connection of its own, follow the links while one link changes 100 times a second:
/// from the request to the kernel until the client has the message, and the daemon's CPU time. By turns with one more client that reads nothing.
/// </summary>
internal sealed class WatchBench : IBench
{
    private const int Watchers = 100;
    private const int Rate = 100;
    private const int Turns = 4;
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    public string Name => "watch";

    public string Description => $"{Watchers} watchers of {Rate} changes a second over the Unix socket, without and with one that reads nothing";

    public Place Place => Place.Host;

    public void Run(Report report) => NetworkNamespace.Run(() =>
    {
        ChangingLink.Create();
        using var daemon = DaemonProcess.Start(ChangingLink.Policy);
        using var link = new ChangingLink();
        daemon.AwaitSocket();
        var quiet = Measure(daemon, link, []);
        using var watchers = new Watchers(daemon.Socket, Watchers, link);
        Measure(daemon, link, watchers.All, Warming);
        TurnFigures without = new(), with = new();
        for (var turn = 0; turn < Turns; turn++)
        {
            without.Add(Measure(daemon, link, watchers.All));
            using var stalled = new StalledWatcher(daemon.Socket);
            with.Add(Measure(daemon, link, watchers.All));
        }

        report.Line($"no watcher: {quiet}");
        report.Line($"{Watchers} watchers: {without}");
        report.Line($"and one that reads nothing: {with}");
        report.Judge("cpu", without.CpuShare);
        report.Judge("cpu-update", without.MicrosecondsAnUpdate(quiet));
        report.Judge("delivered", without.Delivered);
        report.Judge("median", without.Latency.Median);
        report.Judge("p99", without.Latency.Quantile(0.99));
        report.Judge("stalled-cpu", with.CpuShare / without.CpuShare);
        report.Judge("stalled-median", with.Latency.Median / without.Latency.Median);
        report.Judge("stalled-p99", with.Latency.Quantile(0.99) / without.Latency.Quantile(0.99));
    });

    private static TurnFigures Measure(DaemonProcess daemon, ChangingLink link, IReadOnlyList<Watcher> watchers, TimeSpan? length = null)
    {
        foreach (var watcher in watchers) watcher.Take();
        var before = daemon.Observe();
        var sent = link.Change(Rate, length ?? Turn);
        // The last ones are under way.
        foreach (var watcher in watchers) watcher.Await(link.Last);
        var after = daemon.Observe().Since(before);
        var figures = new TurnFigures { CpuMilliseconds = after.CpuMilliseconds, Seconds = (length ?? Turn).TotalSeconds, Sent = (long)sent * watchers.Count };
        foreach (var watcher in watchers) figures.Latency.Add(watcher.Take());
        return figures;
    }
}
