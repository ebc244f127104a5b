using System.Text;
using Google.Protobuf;
using NodeAgent.Api.Mapping;
using NodeAgent.Migration.Drain;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using Xunit;
using V1 = NodeAgent.Api.V1;

namespace NodeAgent.Tests.Unit.Api.Migration;

public sealed class MigrationMappingTests
{
    private static readonly DateTimeOffset s_time = DateTimeOffset.UnixEpoch.AddHours(1);

    [Fact]
    public void A_guest_comes_back_as_it_was()
    {
        foreach (var state in (GuestState[])[MigrationMaker.State(MigrationMaker.Guest("vm")), MigrationMaker.State(MigrationMaker.Guest(MigrationMaker.OddName, null)), new GuestState(new Guest(new GuestProcess(7, 0), "", ""), GuestSourceKind.Proc)])
        {
            var back = MigrationGuestMapping.FromWire(V1.Guest.Parser.ParseFrom(MigrationGuestMapping.ToWire(state).ToByteArray()));
            Assert.Equal(MigrationGuestMapping.ToWire(state), MigrationGuestMapping.ToWire(back));
            Assert.Equal((state.Guest.Uuid, state.Guest.Domain, state.Guest.Namespace, state.Guest.Name), (back.Guest.Uuid, back.Guest.Domain, back.Guest.Namespace, back.Guest.Name));
            Assert.Equal((state.Guest.MemoryBytes, state.Guest.Vcpus, state.Guest.Started, state.Source), (back.Guest.MemoryBytes, back.Guest.Vcpus, back.Guest.Started, back.Source));
            Assert.Equal((state.DirtyRate, state.Limitation), (back.DirtyRate, back.Limitation));
            Assert.Equal(state.Blockers, back.Blockers);
        }
    }

    [Theory]
    [InlineData(MigrationOutcome.Completed, V1.MigrationPhase.Completed, V1.ForecastVerdict.Done)]
    [InlineData(MigrationOutcome.Failed, V1.MigrationPhase.Failed, V1.ForecastVerdict.Failed)]
    [InlineData(MigrationOutcome.Cancelled, V1.MigrationPhase.Cancelled, V1.ForecastVerdict.Cancelled)]
    [InlineData(MigrationOutcome.Unknown, V1.MigrationPhase.Unknown, null)]
    public void A_record_of_the_history_comes_back_as_it_was(MigrationOutcome outcome, V1.MigrationPhase phase, V1.ForecastVerdict? verdict)
    {
        var record = MigrationMaker.Record("1", outcome);
        var wire = V1.Migration.Parser.ParseFrom(MigrationRecordMapping.ToWire(record).ToByteArray());
        Assert.Equal((phase, verdict), (wire.Phase, wire.Forecast?.Verdict));
        var back = MigrationRecordMapping.FromWire(wire);
        Assert.Equal(record with { PassList = [], Verdicts = [], Phases = [] }, back with { PassList = [], Verdicts = [], Phases = [] });
        Assert.Equal(record.PassList, back.PassList);
        Assert.Equal(record.Verdicts, back.Verdicts);
        Assert.Equal(record.Phases, back.Phases);
    }

    [Fact]
    public void What_nobody_knows_of_a_migration_that_ended_stays_unknown()
    {
        var record = new MigrationRecord("1", "", "", MigrationDirection.Incoming, MigrationOutcome.Completed, s_time, s_time);
        var wire = MigrationRecordMapping.ToWire(record);
        Assert.Null(wire.Counters);
        Assert.Equal(record with { PassList = [], Verdicts = [], Phases = [] }, MigrationRecordMapping.FromWire(wire) with { PassList = [], Verdicts = [], Phases = [] });
    }

    [Fact]
    public void Every_kind_of_event_comes_back_as_it_was()
    {
        foreach (var kind in Enum.GetValues<MigrationEventKind>())
        {
            var happened = new MigrationEvent(7, 3, s_time, "id", kind)
            {
                Phase = kind is MigrationEventKind.Phase ? MigrationPhase.PostcopyActive : kind is MigrationEventKind.Ended ? MigrationPhase.Failed : default,
                Verdict = kind is MigrationEventKind.Verdict ? MigrationVerdict.Stagnating : default,
                Pass = kind is MigrationEventKind.Pass ? MigrationMaker.Pass(4) : default,
                FoundUnderWay = kind is MigrationEventKind.Started,
            };
            Assert.Equal(happened, MigrationEventMapping.FromWire(V1.MigrationEvent.Parser.ParseFrom(MigrationEventMapping.ToWire(happened).ToByteArray()), 3));
        }

        Assert.Null(MigrationEventMapping.FromWire(new V1.MigrationEvent(), 3));
    }

    [Fact]
    public void Every_word_has_a_word_of_its_own_on_the_wire()
    {
        Assert.All(Enum.GetValues<MigrationVerdict>(), static v => Assert.Equal(v, MigrationEnumMapping.FromWire(MigrationEnumMapping.ToWire(v))));
        Assert.All(Enum.GetValues<GuestSourceKind>(), static k => Assert.Equal(k, MigrationEnumMapping.FromWire(MigrationEnumMapping.ToWire(k))));
        Assert.All(Enum.GetValues<MigrationDirection>(), static d => Assert.Equal(d, MigrationEnumMapping.FromWire(MigrationEnumMapping.ToWire(d))));
        Assert.All(Enum.GetValues<DirtyRateMode>(), static m => Assert.Equal(m, MigrationEnumMapping.ModeOf(MigrationEnumMapping.Name(m))));
        Assert.All(Enum.GetValues<MigrationOutcome>(), static o => Assert.Equal(o, MigrationPhaseMapping.OutcomeOf(MigrationPhaseMapping.ToWire(o))));
        Assert.All(Enum.GetValues<MigrationPhase>(), static p => Assert.Equal(p, MigrationPhases.OfQemu(Encoding.UTF8.GetBytes(p.Name()))));
        Assert.All(Enum.GetValues<MigrationPhase>(), static p => Assert.NotEqual(V1.MigrationPhase.Unspecified, MigrationPhaseMapping.ToWire(p)));
        Assert.All(Enum.GetValues<MigrationPhase>(), static p => Assert.Equal(MigrationPhaseMapping.ToWire(p), MigrationPhaseMapping.ToWire(MigrationPhaseMapping.FromWire(MigrationPhaseMapping.ToWire(p)))));
        Assert.All(Enum.GetValues<MigrationPhase>(), static p => Assert.Equal(p, MigrationPhaseMapping.FromWire(MigrationPhaseMapping.ToWire(p), p.Name())));
        Assert.Equal(V1.MigrationPhase.Cancelling, MigrationPhaseMapping.ToWire(MigrationPhase.Cancelling));
        Assert.Equal(V1.MigrationPhase.Unknown, MigrationPhaseMapping.Ended(MigrationPhase.Device));
    }

    [Fact]
    public void A_migration_under_way_has_counters_and_a_range()
    {
        var status = MigrationMaker.Sampled(MigrationMaker.Status("1", s_time) with { Phase = MigrationPhase.PreSwitchover }, 12, s_time.AddSeconds(12));
        var wire = MigrationMapping.ToWire(status);
        Assert.Equal((V1.MigrationPhase.Switchover, "pre-switchover", V1.GuestSource.Qmp), (wire.Phase, wire.RawStatus, wire.Source));
        Assert.Equal((12ul, 12_000ul, 48ul << 20, 17ul << 20, 2u, 20u), (wire.Counters.RemainingBytes, wire.Counters.TransferredBytes, wire.Counters.BandwidthBytesPerSecond, wire.Counters.DirtyBytesPerSecond, wire.Counters.Passes, wire.Counters.ThrottlePercent));
        Assert.Equal((1, 3.5), (wire.Forecast.AtLeast.ToTimeSpan().TotalSeconds, wire.Forecast.AtMost.ToTimeSpan().TotalSeconds));
        Assert.Equal(ForecastText.Factor(status.Forecast), wire.Forecast.LimitingFactor);
        Assert.Null(wire.Ended);
    }

    [Fact]
    public void A_destination_has_no_counters_and_no_forecast_before_its_end()
    {
        var status = MigrationMaker.Sampled(MigrationMaker.Status("1", s_time, MigrationDirection.Incoming), 1, s_time);
        Assert.Equal((null, null), (MigrationMapping.ToWire(status).Counters, MigrationMapping.ToWire(status).Forecast));
        var done = status with { Phase = MigrationPhase.Completed, Outcome = MigrationOutcome.Completed, Ended = s_time, Forecast = new MigrationForecast(default, MigrationVerdict.Done) };
        Assert.Equal((V1.MigrationPhase.Completed, V1.ForecastVerdict.Done), (MigrationMapping.ToWire(done).Phase, MigrationMapping.ToWire(done).Forecast.Verdict));
        var unknown = done with { Phase = MigrationPhase.Active, Outcome = MigrationOutcome.Unknown, Error = "QEMU ended" };
        Assert.Equal((V1.MigrationPhase.Unknown, null, "QEMU ended"), (MigrationMapping.ToWire(unknown).Phase, MigrationMapping.ToWire(unknown).Forecast, MigrationMapping.ToWire(unknown).Error));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e300)]
    public void Numbers_that_cannot_be_are_left_out(double number)
    {
        Assert.Null(MigrationNumbers.Seconds(number));
        Assert.Null(MigrationNumbers.Milliseconds(number));
        Assert.Equal(0ul, MigrationNumbers.Bytes(number));
        Assert.Equal(0ul, MigrationNumbers.Bytes((long?)null));
    }

    [Fact]
    public void A_drain_is_told_with_each_guest_and_its_reasons()
    {
        var guest = MigrationMaker.State(MigrationMaker.Guest("vm"));
        var running = MigrationMaker.Sampled(MigrationMaker.Status("1", s_time), 3, s_time);
        var question = new DrainQuestion([new DrainGuest(guest), new DrainGuest(guest with { Blockers = [] }) { Running = running }], s_time) { BytesPerSecond = 100 << 20 };
        var wire = MigrationDrainMapping.ToWire(DrainForecaster.Of(question));
        Assert.Equal((2u, 100ul << 20), (wire.Parallel, wire.BandwidthBytesPerSecond));
        Assert.Null(wire.AtMost);
        Assert.Equal((null, "a host device is passed through"), (wire.Guests[0].Forecast, wire.Guests[0].Blockers[0]));
        Assert.Equal(MigrationForecastMapping.ToWire(running.Forecast), wire.Guests[1].Forecast);
        Assert.Equal(20ul << 20, wire.Guests[0].DirtyRate.BytesPerSecond);
        Assert.NotEqual("", wire.Summary);
    }
}
