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
    private const int Turns = 9;
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    public string Name => "watch";

    public string Description => $"{Watchers} watchers of {Rate} changes a second over the Unix socket, without and with one that reads nothing";

    public Place Place => Place.Host;

    public void Run(Report report) => NetworkNamespace.Run(() =>
    {
        ChangingLink.Create();
        using var daemon = DaemonProcess.Start(ChangingLink.Policy);
        using var link = new ChangingLink();
        daemon.AwaitSocket();
        using var watchers = new Watchers(daemon.SocketPath, Watchers, link);
        Measure(daemon, link, watchers.All, Warming);
        TurnFigures without = new(), with = new();
        var pairs = new List<(TurnFigures Without, TurnFigures With)>();
        for (var turn = 0; turn < Turns; turn++)
        {
            // Backwards every other time: neither is always first.
            var first = turn % 2 == 0 ? Measure(daemon, link, watchers.All) : null;
            var stalled = MeasureBesideStalled(daemon, link, watchers.All);
            pairs.Add((first ?? Measure(daemon, link, watchers.All), stalled));
            without.Add(pairs[^1].Without);
            with.Add(stalled);
        }

        watchers.Dispose();
        Thread.Sleep(Settling);
        var quiet = Measure(daemon, link, []);

        report.Line($"no watcher: {quiet}");
        report.Line($"{Watchers} watchers: {without}");
        report.Line($"and one that reads nothing: {with}");
        report.Judge("cpu", without.CpuShare);
        report.Judge("cpu-update", without.MicrosecondsAnUpdate(quiet));
        report.Judge("delivered", without.Delivered);
        report.Judge("median", without.Latency.Median);
        report.Judge("p99", without.Latency.Quantile(0.99));
        report.Judge("stalled-cpu", Ratio(pairs, static t => t.CpuShare));
        report.Judge("stalled-median", Ratio(pairs, static t => t.Latency.Median));
        report.Judge("stalled-p99", Ratio(pairs, static t => t.Latency.Quantile(0.99)));
    });

    // Of the ratios of neighbours the middle one: what disturbs the machine disturbs a turn or two.
    private static double Ratio(List<(TurnFigures Without, TurnFigures With)> pairs, Func<TurnFigures, double> figure) =>
        pairs.Select(p => figure(p.With) / figure(p.Without)).Order().ElementAt(pairs.Count / 2);

    private static TurnFigures MeasureBesideStalled(DaemonProcess daemon, ChangingLink link, IReadOnlyList<Watcher> watchers)
    {
        using var stalled = new StalledWatcher(daemon.SocketPath);
        // What it takes in before it stalls is not what is measured.
        Thread.Sleep(Settling);
        return Measure(daemon, link, watchers);
    }

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
