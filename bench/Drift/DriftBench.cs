using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Bench.Harness;
using NodeAgent.Native.Netlink;
using NodeAgent.Network;
using NodeAgent.Network.Drift;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Drift;

/// <summary>From the kernel's event that something drifted to the event that says it is repaired, with few and with many other links.</summary>
internal sealed class DriftBench : IBench
{
    private const int WarmUp = 20;
    private const int DriftsOfAKind = 60;
    private const int Others = 4000;

    public string Name => "drift";

    public string Description => "from the kernel's event to the repair, with 0 and with 4,000 other links";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        var few = Measure(report, 0);
        var many = Measure(report, Others);
        report.Judge("median", few.Median);
        report.Judge("p99", few.Quantile(0.99));
        report.Judge("median-4000", many.Median);
        report.Judge("p99-4000", many.Quantile(0.99));
        report.Judge("growth", many.Median / few.Median);
    }

    private static Samples Measure(Report report, int others) => NetworkNamespace.Run(() =>
    {
        var folder = Directory.CreateTempSubdirectory("nodeagent-bench-").FullName;
        try
        {
            return Measure(report, others, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    private static Samples Measure(Report report, int others, string folder)
    {
        DriftingNode.Create(others);
        var paths = new HostPaths { State = Path.Combine(folder, "state"), Run = Path.Combine(folder, "run"), Configuration = Path.Combine(folder, "etc") };
        Directory.CreateDirectory(paths.PoliciesFolder);
        File.WriteAllText(Path.Combine(paths.PoliciesFolder, "bench.yaml"), DriftingNode.Policy);

        // What is here a drift after the other would else be a tug of war.
        using var engine = new NetworkEngine(new EngineOptions { Paths = paths });
        using var daemon = new DriftDaemon(engine, new DriftOptions { TugOfWarRepairs = int.MaxValue }, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        using var ready = new ManualResetEventSlim();
        var thread = new Thread(() => daemon.Run(ready.Set, stop.Token)) { Name = "drift daemon" };
        thread.Start();
        if (!ready.Wait(TimeSpan.FromSeconds(60))) throw new InvalidOperationException("The daemon did not get ready within a minute.");

        try
        {
            using var monitor = NetlinkMonitor.Open();
            using var connection = NetlinkConnection.Open();
            var all = new Samples();
            foreach (var drift in DriftingNode.Drifts())
            {
                var stopwatch = new RepairWatch(monitor, connection, drift);
                var first = stopwatch.Once();
                for (var i = 1; i < WarmUp; i++) stopwatch.Once();
                var samples = new Samples();
                for (var i = 0; i < DriftsOfAKind; i++)
                {
                    var time = stopwatch.Once();
                    samples.Add(time);
                    all.Add(time);
                }

                report.Line($"{others,4} other links, {drift.What}: median {samples.Median:0.00} ms, p99 {samples.Quantile(0.99):0.00} ms; the first one {first.TotalMilliseconds:0.0} ms");
            }

            return all;
        }
        finally
        {
            stop.Cancel();
            thread.Join();
        }
    }
}
