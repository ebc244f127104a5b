using NodeAgent.Bench.Harness;

namespace NodeAgent.Bench.Drift;

/// <summary>From the kernel's event that something drifted to the event that says it is repaired, with few and with many other links by turns.</summary>
internal sealed class DriftBench : IBench
{
    private const int WarmUp = 25;
    private const int Rounds = 75;
    private const int Others = 4000;

    public string Name => "drift";

    public string Description => "from the kernel's event to the repair, beside 0 and beside 4,000 other links";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        using var alone = DriftingDaemon.Start(0);
        using var crowded = DriftingDaemon.Start(Others);
        Samples few = new(), many = new();
        TimeSpan fewCpu = default, manyCpu = default;
        for (var kind = 0; kind < alone.Watches.Count; kind++)
        {
            RepairWatch here = alone.Watches[kind], there = crowded.Watches[kind];
            Samples.Interleaved(WarmUp, here.Once, there.Once);
            TimeSpan here0 = alone.CpuTime, there0 = crowded.CpuTime;
            var samples = Samples.Interleaved(Rounds, here.Once, there.Once);
            fewCpu += alone.CpuTime - here0;
            manyCpu += crowded.CpuTime - there0;
            few.Add(samples[0]);
            many.Add(samples[1]);
            report.Line($"{here.What}: {Quantiles(samples[0])}; beside {Others} links: {Quantiles(samples[1])}");
        }

        report.Line($"the daemon's CPU time for a repair: {fewCpu.TotalMilliseconds / few.Count:0.00} ms; beside {Others} links: {manyCpu.TotalMilliseconds / many.Count:0.00} ms");
        report.Judge("median", few.Median);
        report.Judge("p99", few.Quantile(0.99));
        report.Judge("median-4000", many.Median);
        report.Judge("p99-4000", many.Quantile(0.99));
        report.Judge("growth", many.Median / few.Median);
        report.Judge("cpu-growth", manyCpu / fewCpu);
    }

    private static string Quantiles(Samples samples) => $"median {samples.Median:0.00} ms, p99 {samples.Quantile(0.99):0.00} ms";
}
