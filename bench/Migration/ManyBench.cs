using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Bench.Harness;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sampling;

namespace NodeAgent.Bench.Migration;

/// <summary>
/// 100 guests that migrate, recorded migrations played by their sources, sampled 10 times a second by the agent's own sampler, and 100 watchers
/// of it on connections of their own: from the question to a source until a client has the message.
/// </summary>
internal sealed class ManyBench : IBench
{
    private const int Guests = 100;
    private const int Rate = 10;
    private const int Watchers = 100;
    private const int Turns = 3;
    private static readonly TimeSpan s_warming = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);

    public string Name => "migration-many";

    public string Description => $"{Guests} guests that migrate, sampled {Rate} times a second, and {Watchers} watchers over the Unix socket";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        using var server = new StreamServer();
        // What ended and is still told of is no growth.
        server.Store.Configure(s_grace);
        var sources = new ReplayedSources();
        var times = new SampleTimes(server.Store);
        using var sampler = new MigrationSampler(server.Store, new SamplingOptions { Factories = [sources], Rate = Rate, Observer = times }, TimeProvider.System, NullLogger.Instance);
        for (var i = 1; i <= Guests; i++) sampler.Came(GuestOf(i));
        while (sources.Opened.Count < Guests) Thread.Sleep(10);
        Play(sources, s_warming);
        var quiet = Measure(sources, s_turn);
        using var clients = new StreamClients(server.SocketPath, Watchers);
        Play(sources, s_warming);
        clients.Take();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cpu = new List<double>();
        for (var turn = 0; turn < Turns; turn++) cpu.Add(Measure(sources, s_turn));
        Thread.Sleep(TimeSpan.FromMilliseconds(200));
        var after = GC.GetTotalMemory(forceFullCollection: true);
        var latency = new Samples();
        foreach (var (version, at) in clients.Take())
        {
            if (times.Of(version) is { } asked) latency.Add(TimeSpan.FromTicks(at) - asked);
        }

        var all = cpu.Order().ElementAt(Turns / 2);
        report.Line($"no watcher: {quiet:0.00} % of a processor; {Watchers} watchers: {string.Join(", ", cpu.Select(static c => $"{c:0.00}"))} %, {latency.Count} messages of ticks");
        report.Judge("cpu", all);
        report.Judge("cpu-sampling", quiet);
        report.Judge("median", latency.Median);
        report.Judge("p99", latency.Quantile(0.99));
        report.Judge("heap-growth", (after - before) / 1024.0);
    }

    private static Guest GuestOf(int number) => new(new GuestProcess(1000 + number, 1), $"00000000-0000-0000-0000-{number:d12}", $"team-a_database-{number}")
    {
        Namespace = "team-a",
        Name = $"database-{number}",
        MemoryBytes = 8L << 30,
    };

    private static double Measure(ReplayedSources sources, TimeSpan length)
    {
        var cpu = CpuClock.Process;
        Play(sources, length);
        return 100 * (CpuClock.Process - cpu) / length;
    }

    // The recordings are played on this thread, and what that costs counts as the agent's.
    private static void Play(ReplayedSources sources, TimeSpan length)
    {
        var opened = sources.Opened;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < length)
        {
            foreach (var source in opened) source.Play();
            Thread.Sleep(s_step);
        }
    }
}
