using NodeAgent.Migration.Forecasting;

namespace NodeAgent.Migration.Traces;

/// <summary>A recorded timeline as it was read. Where there are errors, nothing else counts.</summary>
/// <param name="Format">Told from the first line.</param>
/// <param name="Entries">In the order of time.</param>
/// <param name="Errors">What is wrong; at most <see cref="TraceReader.MostErrors"/>.</param>
/// <param name="Notes">What a reader should know that is no error.</param>
public sealed record MigrationTrace(TraceFormat Format, IReadOnlyList<TraceEntry> Entries, IReadOnlyList<TraceError> Errors, IReadOnlyList<string> Notes)
{
    /// <summary>Plays the timeline through a forecaster: a forecast for each sample of a migration, none before there is one.</summary>
    public IEnumerable<MigrationForecast> Replay()
    {
        var forecaster = new MigrationForecaster();
        var begun = false;
        foreach (var entry in Entries)
        {
            if (entry.SyncedPass is { } pass)
            {
                forecaster.Synced(pass, entry.Sample.At);
                continue;
            }

            begun |= entry.Sample.Phase is { } phase && phase != Model.MigrationPhase.None;
            var forecast = forecaster.Add(entry.Sample);
            if (begun) yield return forecast;
        }
    }

    /// <summary>The forecasts that say something new. The end is one, with all that is known of it.</summary>
    public IReadOnlyList<MigrationForecast> Decide()
    {
        var decisions = new Decisions();
        var made = new List<MigrationForecast>();
        foreach (var forecast in Replay())
        {
            if (!decisions.IsNew(forecast)) continue;
            if (made is [.., { } last] && Model.MigrationVerdicts.IsTerminal(last.Verdict) && last.Verdict == forecast.Verdict) made[^1] = forecast with { At = last.At };
            else made.Add(forecast);
        }

        return made;
    }
}
