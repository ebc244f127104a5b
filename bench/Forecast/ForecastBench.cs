using System.Globalization;
using NodeAgent.Bench.Harness;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Traces;
using NodeAgent.Tests.Support.Migrations;

namespace NodeAgent.Bench.Forecast;

/// <summary>How good forecasts are, on recorded migrations that no constant was chosen on, beside two simpler models; and what one costs.</summary>
internal sealed class ForecastBench : IBench
{
    private const int Rounds = 15;
    private static readonly string[] s_passes = ["post-copy", "pass 1", "pass 2", "pass 3", "pass 4+"];

    public string Name => "forecast";

    public string Description => "error of forecasts by pass, verdicts by time, and the cost of one sample";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        var tuning = Scores.Of(Timelines.All.Where(static t => !t.HeldOut));
        var heldOut = Scores.Of(Timelines.All.Where(static t => t.HeldOut));
        Table(report, "tuning: lab/ and tuning/", tuning);
        Table(report, "held-out/", heldOut);
        Verdicts(report);
        Drains(report);
        var ours = Later(heldOut["forecaster"]);
        var covered = ours.Where(static p => p.IsInterval).ToList();
        report.Judge("coverage", 100.0 * covered.Count(static p => p.Covers) / covered.Count);
        report.Judge("said", 100.0 * covered.Count / ours.Count);
        var error = Scores.Quantile(covered.Select(static p => p.Error), 0.5);
        report.Judge("error", 100 * error);
        report.Judge("against-model", error / PeerError(ours, Later(heldOut["one dirty rate"])));
        report.Judge("against-naive", error / PeerError(ours, Later(heldOut["remaining/rate"])));
        var first = heldOut["forecaster"].Where(static p => p is { Pass: 1, Low: not null }).ToList();
        report.Judge("earliest", 100.0 * first.Count(static p => p.Low <= p.Truth) / first.Count);
        report.Judge("again", Timelines.All.Where(static t => t.HeldOut).Sum(static t => Math.Max(0, Scores.NoProgress(t.Read()) - 1)));
        Cost(report);
    }

    // From the second pass on: before, nobody knows how fast memory is dirtied.
    private static List<Prediction> Later(List<Prediction> all) => [.. all.Where(static p => p.Pass >= 2)];

    // At the samples where both said something.
    private static double PeerError(List<Prediction> ours, List<Prediction> peer) =>
        Scores.Quantile(peer.Where((p, i) => p.IsInterval && ours[i].IsInterval).Select(static p => p.Error), 0.5);

    private static void Table(Report report, string set, Dictionary<string, List<Prediction>> scores)
    {
        report.Line($"{set}: error of the interval's middle / time that was left, coverage and width of the interval / time that was left");
        report.Line("                            samples   said  covered  width    error median  p90");
        for (var pass = 0; pass < s_passes.Length; pass++)
        {
            foreach (var model in Scores.Models)
            {
                var all = scores[model].Where(p => p.Pass == pass).ToList();
                if (all.Count == 0) continue;
                var said = all.Where(static p => p.IsInterval).ToList();
                var interval = model != "remaining/rate" && said.Exists(static p => p.Width > 0);
                var covered = interval ? Percent((double)said.Count(static p => p.Covers) / said.Count) : "-";
                var width = interval ? Percent(Scores.Quantile(said.Select(static p => p.Width), 0.5)) : "-";
                report.Line(string.Create(CultureInfo.InvariantCulture, $"{s_passes[pass],-10} {model,-16} {all.Count,7} {Percent((double)said.Count / all.Count),6} {covered,8} {width,6} {Percent(Scores.Quantile(said.Select(static p => p.Error), 0.5)),15} {Percent(Scores.Quantile(said.Select(static p => p.Error), 0.9)),5}"));
            }
        }
    }

    private static string Percent(double share) => double.IsNaN(share) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    private static void Verdicts(Report report)
    {
        report.Line("verdicts by time (seconds since the first sample; the pass)");
        foreach (var timeline in Timelines.All)
        {
            var words = new List<string>();
            double? start = null;
            MigrationVerdict? last = null;
            foreach (var forecast in timeline.Read().Replay())
            {
                start ??= forecast.At.TotalSeconds;
                if (forecast.Verdict == last) continue;
                words.Add(string.Create(CultureInfo.InvariantCulture, $"{forecast.At.TotalSeconds - start.Value:0.0} ({forecast.Pass}) {forecast.Verdict.Name()}"));
                last = forecast.Verdict;
            }

            report.Line($"{timeline.Name,-36} {string.Join(", ", words)}");
        }
    }

    // Drain forecasts: from memory, dirty rate and limits alone.
    private static void Drains(Report report)
    {
        report.Line("before the start, as a drain forecast says it: dirty rate / bandwidth, verdict, interval, what it took");
        foreach (var one in DrainCase.All)
        {
            var forecast = one.Forecast();
            var took = one.Seconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : "not left alone, or did not complete";
            report.Line(string.Create(CultureInfo.InvariantCulture, $"{one.Timeline.Name,-36} {one.DirtyBytesPerSecond / one.BytesPerSecond,5:0.00} {forecast.Verdict?.Name(),-18} {forecast.LowSeconds,5:0.0} to {(forecast.HighSeconds is { } high ? high.ToString("0.0", CultureInfo.InvariantCulture) : "?"),5} s; {took}"));
        }
    }

    private static void Cost(Report report)
    {
        var traces = Timelines.All.Select(static t => t.Read().Entries).ToList();
        var samples = traces.Sum(static t => t.Count);
        for (var i = 0; i < 3; i++) Play(traces);
        var times = new List<double>();
        long bytes = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var migrations = Play(traces);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before - migrations;
            times.Add(CpuClock.Time(() => Play(traces)).TotalNanoseconds / samples);
        }

        report.Judge("ns", Scores.Quantile(times, 0.5));
        report.Judge("bytes", Math.Max(0, bytes) / (double)samples);
    }

    /// <summary>Bytes that the forecasters themselves take, one for each migration.</summary>
    private static long Play(List<IReadOnlyList<TraceEntry>> traces)
    {
        long own = 0;
        foreach (var entries in traces)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var forecaster = new MigrationForecaster();
            own += GC.GetAllocatedBytesForCurrentThread() - before;
            for (var i = 0; i < entries.Count; i++)
            {
                if (entries[i].SyncedPass is { } pass) forecaster.Synced(pass, entries[i].Sample.At);
                else forecaster.Add(entries[i].Sample);
            }
        }

        return own;
    }
}
