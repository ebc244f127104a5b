using System.Globalization;
using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <summary>Says in the log when a migration begins, when it will not end by itself, and how it ended.</summary>
internal sealed class MigrationLog(ILogger log) : IMigrationObserver
{
    public void Happened(in MigrationEvent happened, in MigrationStatus status)
    {
        if (happened.Kind == MigrationEventKind.Started) log.Began(Name(status.Guest), status.Direction.Name(), status.Id, status.FoundUnderWay ? ", found under way" : "");
        else if (happened is { Kind: MigrationEventKind.Verdict, Verdict: MigrationVerdict.Stagnating or MigrationVerdict.WillNotConverge })
        {
            log.Stands(Name(status.Guest), happened.Verdict.Name(), Part(ForecastText.Factor(status.Forecast)), Part(ForecastText.Advice(status.Forecast)));
        }
    }

    public void Ended(MigrationRecord record)
    {
        var seconds = (record.Ended - record.Started).TotalSeconds;
        var downtime = record.Downtime is { } stood ? string.Create(CultureInfo.InvariantCulture, $", the guest stood still for {stood.TotalMilliseconds:0} ms") : "";
        var passes = record.Passes is { } count ? string.Create(CultureInfo.InvariantCulture, $" and {count} passes") : "";
        var name = SafeText.Of(GuestName.Of(record.Namespace, record.Name, record.Domain, record.Uuid));
        if (record.Outcome is MigrationOutcome.Completed or MigrationOutcome.Cancelled) log.Ended(name, record.Direction.Name(), record.Outcome.Name(), seconds, passes, downtime, Part(record.Reason));
        else log.EndedBadly(name, record.Direction.Name(), record.Outcome.Name(), seconds, passes, downtime, Part(record.Reason));
    }

    private static string Name(Guest guest) => SafeText.Of(GuestName.Of(guest));

    private static string Part(string? sentence) => sentence is null ? "" : ": " + SafeText.Of(sentence);
}
