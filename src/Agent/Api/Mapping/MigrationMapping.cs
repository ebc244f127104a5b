using Google.Protobuf.WellKnownTypes;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Mapping;

/// <summary>Migrations under way as messages.</summary>
internal static class MigrationMapping
{
    /// <summary>Without passes and verdicts, which a watch tells as events.</summary>
    public static V1.Migration ToWire(in MigrationStatus status) => new()
    {
        Id = status.Id,
        Guest = MigrationGuestMapping.Ref(status.Guest),
        Direction = MigrationEnumMapping.ToWire(status.Direction),
        Phase = status.Outcome is { } outcome ? MigrationPhaseMapping.ToWire(outcome) : MigrationPhaseMapping.ToWire(status.Phase),
        RawStatus = status.Phase.Name(),
        Started = status.Started.ToTimestamp(),
        Ended = status.Ended?.ToTimestamp(),
        Counters = Counters(status),
        Forecast = Forecasts(status) ? MigrationForecastMapping.ToWire(status.Forecast) : null,
        Error = status.Error ?? "",
        Downtime = status.Downtime?.ToDuration(),
        Peer = status.Peer ?? "",
        Trigger = status.Trigger ?? "",
        Source = MigrationEnumMapping.ToWire(status.Source),
        FoundUnderWay = status.FoundUnderWay,
        Limitation = status.Limitation ?? "",
    };

    /// <summary>With what was told of it so far.</summary>
    public static V1.Migration ToWire(in MigrationStatus status, MigrationDetails details)
    {
        var wire = ToWire(status);
        foreach (var pass in details.Passes) wire.Passes.Add(MigrationEventMapping.ToWire(pass));
        foreach (var verdict in details.Verdicts) wire.Verdicts.Add(MigrationEventMapping.ToWire(verdict));
        foreach (var phase in details.Phases) wire.Phases.Add(MigrationEventMapping.ToWire(phase));
        return wire;
    }

    // A destination has no counters that anything could be said from, before its end.
    private static bool Forecasts(in MigrationStatus status) =>
        status.Outcome != MigrationOutcome.Unknown && (status.Direction == MigrationDirection.Outgoing || status.Forecast.Verdict.IsTerminal());

    private static V1.MigrationCounters? Counters(in MigrationStatus status)
    {
        if (status.SampledAt is not { } read || status.Direction == MigrationDirection.Incoming) return null;
        var sample = status.Sample;
        return new V1.MigrationCounters
        {
            Elapsed = sample.Elapsed?.ToDuration(),
            MemoryTotalBytes = MigrationNumbers.Bytes(sample.TotalBytes),
            TransferredBytes = MigrationNumbers.Bytes(sample.TransferredBytes),
            RemainingBytes = MigrationNumbers.Bytes(sample.RemainingBytes),
            BandwidthBytesPerSecond = MigrationNumbers.Bytes(sample.TransferBytesPerSecond),
            DirtyBytesPerSecond = MigrationNumbers.Bytes(sample.DirtyBytesPerSecond),
            Passes = MigrationNumbers.Count(sample.Pass),
            ThrottlePercent = MigrationNumbers.Count(sample.ThrottlePercent),
            ExpectedDowntime = sample.ExpectedDowntime?.ToDuration(),
            ReadAt = read.ToTimestamp(),
        };
    }
}
