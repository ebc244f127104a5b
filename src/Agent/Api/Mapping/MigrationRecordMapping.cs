using Google.Protobuf.WellKnownTypes;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Mapping;

/// <summary>Migrations that ended, to messages and back.</summary>
internal static class MigrationRecordMapping
{
    public static V1.Migration ToWire(MigrationRecord record)
    {
        var wire = new V1.Migration
        {
            Id = record.Id,
            Guest = MigrationGuestMapping.Ref(record.Uuid, record.Domain, record.Namespace, record.Name, record.PodUid),
            Direction = MigrationEnumMapping.ToWire(record.Direction),
            Phase = MigrationPhaseMapping.ToWire(record.Outcome),
            RawStatus = Verdict(record.Outcome) is { } ? record.Outcome.ToString().ToLowerInvariant() : "",
            Started = record.Started.ToTimestamp(),
            Ended = record.Ended.ToTimestamp(),
            Counters = Counters(record),
            Forecast = Verdict(record.Outcome) is { } verdict ? new V1.Forecast { Verdict = verdict, ExpectedDowntime = record.Downtime?.ToDuration() } : null,
            Error = record.Reason ?? "",
            Downtime = record.Downtime?.ToDuration(),
            Peer = record.Peer ?? "",
            Trigger = record.Trigger ?? "",
            Source = MigrationEnumMapping.ToWire(record.Source),
            FoundUnderWay = record.FoundUnderWay,
        };
        foreach (var pass in record.PassList) wire.Passes.Add(MigrationEventMapping.ToWire(pass));
        foreach (var change in record.Verdicts) wire.Verdicts.Add(MigrationEventMapping.ToWire(change));
        foreach (var phase in record.Phases) wire.Phases.Add(MigrationEventMapping.ToWire(phase));
        return wire;
    }

    public static MigrationRecord FromWire(V1.Migration wire)
    {
        var (guest, counters) = (wire.Guest ?? new V1.GuestRef(), wire.Counters);
        return new MigrationRecord(
            wire.Id, guest.Uuid, guest.Domain, MigrationEnumMapping.FromWire(wire.Direction), MigrationPhaseMapping.OutcomeOf(wire.Phase) ?? MigrationOutcome.Unknown,
            wire.Started?.ToDateTimeOffset() ?? default, wire.Ended?.ToDateTimeOffset() ?? default)
        {
            Namespace = MigrationNumbers.Known(guest.Namespace),
            Name = MigrationNumbers.Known(guest.Name),
            PodUid = MigrationNumbers.Known(guest.PodUid),
            Source = MigrationEnumMapping.FromWire(wire.Source),
            FoundUnderWay = wire.FoundUnderWay,
            Peer = MigrationNumbers.Known(wire.Peer),
            Trigger = MigrationNumbers.Known(wire.Trigger),
            Reason = MigrationNumbers.Known(wire.Error),
            Downtime = wire.Downtime?.ToTimeSpan(),
            MemoryBytes = MigrationNumbers.Known(counters?.MemoryTotalBytes ?? 0),
            TransferredBytes = MigrationNumbers.Known(counters?.TransferredBytes ?? 0),
            Passes = MigrationNumbers.Known(counters?.Passes ?? 0),
            BytesPerSecond = MigrationNumbers.KnownRate(counters?.BandwidthBytesPerSecond ?? 0),
            DirtyBytesPerSecond = MigrationNumbers.KnownRate(counters?.DirtyBytesPerSecond ?? 0),
            ThrottlePercent = (int)(counters?.ThrottlePercent ?? 0),
            PassList = [.. wire.Passes.Select(MigrationEventMapping.FromWire)],
            Verdicts = [.. wire.Verdicts.Select(MigrationEventMapping.FromWire)],
            Phases = [.. wire.Phases.Select(MigrationEventMapping.FromWire)],
        };
    }

    private static V1.MigrationCounters? Counters(MigrationRecord record) =>
        record is { MemoryBytes: null, TransferredBytes: null, Passes: null, BytesPerSecond: null, DirtyBytesPerSecond: null, ThrottlePercent: 0 } ? null : new V1.MigrationCounters
        {
            Elapsed = (record.Ended - record.Started).ToDuration(),
            MemoryTotalBytes = MigrationNumbers.Bytes(record.MemoryBytes),
            TransferredBytes = MigrationNumbers.Bytes(record.TransferredBytes),
            Passes = MigrationNumbers.Count(record.Passes),
            BandwidthBytesPerSecond = MigrationNumbers.Bytes(record.BytesPerSecond),
            DirtyBytesPerSecond = MigrationNumbers.Bytes(record.DirtyBytesPerSecond),
            ThrottlePercent = MigrationNumbers.Count(record.ThrottlePercent),
            ReadAt = record.Ended.ToTimestamp(),
        };

    private static V1.ForecastVerdict? Verdict(MigrationOutcome outcome) => outcome switch
    {
        MigrationOutcome.Completed => V1.ForecastVerdict.Done,
        MigrationOutcome.Failed => V1.ForecastVerdict.Failed,
        MigrationOutcome.Cancelled => V1.ForecastVerdict.Cancelled,
        _ => null,
    };
}
