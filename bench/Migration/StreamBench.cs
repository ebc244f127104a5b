using NodeAgent.Bench.Harness;

namespace NodeAgent.Bench.Migration;

/// <summary>
/// 100 watchers, each on a connection of its own, of 100 migrations that are sampled 10 times a second: this process is the server, with its
/// store filled from what a migration would say; the watchers are another, whose CPU time is not counted.
/// </summary>
internal sealed class StreamBench : IBench
{
    private const int Migrations = 100;
    private const int Rate = 10;
    private const int Watchers = 100;
    private const int Turns = 3;
    private static readonly TimeSpan s_warming = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(5);

    public string Name => "stream";

    public string Description => $"{Watchers} watchers of {Migrations} migrations at {Rate} samples a second, over the Unix socket";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        using var server = new StreamServer();
        using var replay = new StreamReplay(server.Store, Migrations, Rate);
        replay.Run(s_warming);
        var quiet = Measure(replay, s_turn);
        report.Line($"no watcher: {quiet:0.00} % of a processor; a message has {server.LastBytes / 1000.0:0.0} KB");

        using var clients = new StreamClients(server.SocketPath, Watchers);
        replay.Run(s_warming);
        clients.Take();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (cpu, latency, sent) = (new List<double>(), new Samples(), 0L);
        var allocated = GC.GetTotalAllocatedBytes();
        for (var turn = 0; turn < Turns; turn++)
        {
            cpu.Add(Measure(replay, s_turn));
            sent += (long)Watchers * Rate * (long)s_turn.TotalSeconds;
        }

        allocated = GC.GetTotalAllocatedBytes() - allocated;
        var seconds = Turns * s_turn.TotalSeconds;
        Thread.Sleep(TimeSpan.FromMilliseconds(200));
        var after = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var (version, at) in clients.Take())
        {
            if (replay.PublishedAt(version) is { } published) latency.Add(TimeSpan.FromTicks(at - published));
        }

        report.Line($"{Watchers} watchers: {string.Join(", ", cpu.Select(static c => $"{c:0.00}"))} % of a processor, {latency.Count} of {sent} updates by themselves, {allocated / seconds / 1e6:0.00} MB/s allocated");
        report.Judge("cpu", cpu.Order().ElementAt(Turns / 2));
        report.Judge("cpu-message", (cpu.Order().ElementAt(Turns / 2) - quiet) / 100 * 1e6 / (Watchers * Rate));
        report.Judge("median", latency.Median);
        report.Judge("p99", latency.Quantile(0.99));
        report.Judge("delivered", 100.0 * latency.Count / sent);
        report.Judge("heap-growth", (after - before) / 1024.0);
    }

    private static double Measure(StreamReplay replay, TimeSpan length)
    {
        var cpu = CpuClock.Process;
        replay.Run(length);
        return 100 * (CpuClock.Process - cpu) / length;
    }
}
