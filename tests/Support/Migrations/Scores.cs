using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Traces;

namespace NodeAgent.Tests.Support.Migrations;

/// <summary>Plays timelines through the forecaster and two simpler models, and collects what each said at the same samples.</summary>
public static class Scores
{
    /// <summary>Less than this is over before anybody has read it.</summary>
    public const double LeastTruth = 0.5;

    public static readonly IReadOnlyList<string> Models = ["forecaster", "one dirty rate", "remaining/rate"];

    /// <summary>By model, a prediction for each sample of a migration that completed.</summary>
    public static Dictionary<string, List<Prediction>> Of(IEnumerable<Timeline> timelines)
    {
        var scores = Models.ToDictionary(static m => m, static _ => new List<Prediction>());
        foreach (var timeline in timelines)
        {
            var trace = timeline.Read();
            if (timeline.EndOf(trace) is not { } end) continue;
            var forecaster = new MigrationForecaster();
            var peer = new SyncModel();
            foreach (var entry in trace.Entries)
            {
                if (entry.SyncedPass is { } synced)
                {
                    forecaster.Synced(synced, entry.Sample.At);
                    continue;
                }

                var forecast = forecaster.Add(entry.Sample);
                var sample = SampleFilter.Sane(entry.Sample);
                peer.Take(sample);
                var (at, truth) = (sample.At.TotalSeconds, end - sample.At.TotalSeconds);
                if (at < timeline.JudgedFrom || truth < LeastTruth || sample.RemainingBytes is not > 0 || forecast.RemainingSecondsLow is null) continue;
                var pass = sample.Phase is { } phase && phase.IsPostcopy() ? 0 : (int)Math.Min(4, sample.Pass ?? 1);
                scores["forecaster"].Add(new Prediction(timeline.Name, pass, truth, forecast.RemainingSecondsLow, forecast.RemainingSecondsHigh));
                var (low, high) = peer.Interval();
                scores["one dirty rate"].Add(new Prediction(timeline.Name, pass, truth, low, high));
                var naive = forecast.TransferBytesPerSecond > 0 ? (double?)(sample.RemainingBytes.Value / forecast.TransferBytesPerSecond) : null;
                scores["remaining/rate"].Add(new Prediction(timeline.Name, pass, truth, naive, naive));
            }
        }

        return scores;
    }

    /// <summary>How often it was newly said that a migration makes no progress, in pre-copy.</summary>
    public static int NoProgress(MigrationTrace trace)
    {
        var (times, said) = (0, false);
        foreach (var forecast in trace.Replay())
        {
            var says = forecast is { Verdict: MigrationVerdict.Stagnating or MigrationVerdict.WillNotConverge, Factor: not LimitingFactor.Connection };
            if (says && !said) times++;
            said = says;
        }

        return times;
    }

    public static double Quantile(IEnumerable<double> values, double at)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, at * sorted.Count)];
    }
}
