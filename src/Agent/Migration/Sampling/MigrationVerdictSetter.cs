using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using NodeAgent.Verdicts;

namespace NodeAgent.Migration.Sampling;

/// <summary>Puts on the board of verdicts which migrations will not end by themselves, and which failed, for as long as they are told of.</summary>
internal sealed class MigrationVerdictSetter : IMigrationObserver
{
    private readonly VerdictBoard _board;

    /// <summary>Names as they may be shown, by migration.</summary>
    private readonly Dictionary<string, string> _standing = new(StringComparer.Ordinal);

    public MigrationVerdictSetter(VerdictBoard board)
    {
        _board = board;
        // What an agent before this one said of migrations: those that ended are not told of any more, the others are judged anew.
        _board.Set(VerdictKind.Migration, []);
    }

    public void Happened(in MigrationEvent happened, in MigrationStatus status)
    {
        var name = SafeText.Of(GuestName.Of(status.Guest));
        if (happened is { Kind: MigrationEventKind.Verdict, Verdict: MigrationVerdict.WillNotConverge }) Set(happened.Migration, name, happened.Verdict.Name(), "does not converge", Sentence(status.Forecast));
        else if (happened.Kind is MigrationEventKind.Verdict or MigrationEventKind.Started) Clear(happened.Migration, name);
    }

    public void Ended(MigrationRecord record)
    {
        var name = SafeText.Of(GuestName.Of(record.Namespace, record.Name, record.Domain, record.Uuid));
        if (record.Outcome == MigrationOutcome.Failed) Set(record.Id, name, record.Outcome.Name(), "failed", record.Reason);
        else Clear(record.Id, name);
    }

    public void Left(string migration)
    {
        if (_standing.GetValueOrDefault(migration) is { } name) Clear(migration, name);
    }

    private static string? Sentence(in MigrationForecast forecast) => (ForecastText.Factor(forecast), ForecastText.Advice(forecast)) switch
    {
        ({ } factor, { } advice) => $"{factor}; {advice}",
        var (factor, advice) => factor ?? advice,
    };

    private void Set(string migration, string name, string state, string what, string? why)
    {
        _standing[migration] = name;
        _board.Update(new Verdict(VerdictKind.Migration, name, state, Severity.Warning, $"{name}: its migration {what}{(why is null ? "" : ": " + SafeText.Of(why))}"));
    }

    // A guest has one verdict: what a migration before it left goes with the next one's start.
    private void Clear(string migration, string name)
    {
        _standing.Remove(migration);
        _board.Update(VerdictKind.Migration, [], [name]);
    }
}
