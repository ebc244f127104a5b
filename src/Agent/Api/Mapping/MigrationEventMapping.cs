using Google.Protobuf.WellKnownTypes;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Mapping;

/// <summary>What happens in migrations, to messages and back.</summary>
internal static class MigrationEventMapping
{
    public static V1.MigrationEvent ToWire(in MigrationEvent happened)
    {
        var wire = new V1.MigrationEvent { MigrationId = happened.Migration, Sequence = happened.Sequence, Time = happened.Time.ToTimestamp() };
        switch (happened.Kind)
        {
            case MigrationEventKind.Started:
                wire.Started = new V1.MigrationStarted { FoundUnderWay = happened.FoundUnderWay };
                break;
            case MigrationEventKind.Phase:
                wire.Phase = MigrationPhaseMapping.ToWire(happened.Phase);
                wire.RawStatus = happened.Phase.Name();
                break;
            case MigrationEventKind.Pass:
                wire.Pass = ToWire(new TimedPass(happened.Time, happened.Pass));
                break;
            case MigrationEventKind.Verdict:
                wire.Verdict = MigrationEnumMapping.ToWire(happened.Verdict);
                break;
            default:
                wire.Ended = MigrationPhaseMapping.Ended(happened.Phase);
                break;
        }

        return wire;
    }

    /// <summary>The event of a message; of phase and verdict it has the one that it tells. Null for one that this program does not know.</summary>
    public static MigrationEvent? FromWire(V1.MigrationEvent wire, long version)
    {
        var happened = new MigrationEvent(wire.Sequence, version, wire.Time?.ToDateTimeOffset() ?? default, wire.MigrationId, MigrationEventKind.Started);
        return wire.EventCase switch
        {
            V1.MigrationEvent.EventOneofCase.Started => happened with { FoundUnderWay = wire.Started.FoundUnderWay },
            V1.MigrationEvent.EventOneofCase.Phase => happened with { Kind = MigrationEventKind.Phase, Phase = MigrationPhaseMapping.FromWire(wire.Phase, wire.RawStatus) },
            V1.MigrationEvent.EventOneofCase.Pass => happened with { Kind = MigrationEventKind.Pass, Pass = FromWire(wire.Pass).Pass },
            V1.MigrationEvent.EventOneofCase.Verdict => happened with { Kind = MigrationEventKind.Verdict, Verdict = MigrationEnumMapping.FromWire(wire.Verdict) },
            V1.MigrationEvent.EventOneofCase.Ended => happened with { Kind = MigrationEventKind.Ended, Phase = MigrationPhaseMapping.FromWire(wire.Ended) },
            _ => null,
        };
    }

    public static V1.MigrationPass ToWire(in TimedPass pass) => new()
    {
        Number = MigrationNumbers.Count(pass.Pass.Number),
        Duration = MigrationNumbers.Seconds(pass.Pass.Seconds),
        DirtiedBytes = MigrationNumbers.Bytes(pass.Pass.DirtiedBytes),
        RemainingBytes = MigrationNumbers.Bytes(pass.Pass.RemainingBytes),
        BandwidthBytesPerSecond = MigrationNumbers.Bytes(pass.Pass.TransferBytesPerSecond),
        ThrottlePercent = MigrationNumbers.Count(pass.Pass.ThrottlePercent),
        Time = pass.Time.ToTimestamp(),
    };

    public static TimedPass FromWire(V1.MigrationPass wire) => new(
        wire.Time?.ToDateTimeOffset() ?? default,
        new MigrationPass(wire.Number, wire.Duration?.ToTimeSpan().TotalSeconds ?? 0, wire.DirtiedBytes, wire.RemainingBytes, wire.BandwidthBytesPerSecond, (int)wire.ThrottlePercent));

    public static V1.MigrationPhaseChange ToWire(in TimedPhase phase) =>
        new() { Time = phase.Time.ToTimestamp(), Phase = MigrationPhaseMapping.ToWire(phase.Phase), RawStatus = phase.Phase.Name() };

    public static TimedPhase FromWire(V1.MigrationPhaseChange wire) => new(wire.Time?.ToDateTimeOffset() ?? default, MigrationPhaseMapping.FromWire(wire.Phase, wire.RawStatus));

    public static V1.ForecastVerdictChange ToWire(in TimedVerdict verdict) => new() { Time = verdict.Time.ToTimestamp(), Verdict = MigrationEnumMapping.ToWire(verdict.Verdict) };

    public static TimedVerdict FromWire(V1.ForecastVerdictChange wire) => new(wire.Time?.ToDateTimeOffset() ?? default, MigrationEnumMapping.FromWire(wire.Verdict));
}
