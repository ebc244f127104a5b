using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>The agent ended in the middle of a migration and runs anew.</summary>
public sealed class RestartTests
{
    private readonly FakeOpenMigrations _open = new();
    private readonly Guest _guest = SamplerHouse.Guest(1);

    [Fact]
    public void A_migration_that_still_runs_is_the_same_migration()
    {
        using var house = House(SamplerHouse.Active(300 << 20, 5, 60));
        var open = _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromSeconds(61));
        house.Come(_guest);
        var status = Assert.Single(house.Statuses());
        Assert.Equal((open.Id, open.Started, false, 300L << 20), (status.Id, status.Started, status.FoundUnderWay, status.Sample.RemainingBytes));
        var details = new MigrationDetails();
        Assert.True(house.Store.Details(open.Id, details));
        Assert.Equal(open.PassList, details.Passes);
        Assert.Equal(open.Verdicts, details.Verdicts.Take(open.Verdicts.Count));
        Assert.Equal(open.Phases, details.Phases);
        // The forecast begins anew, and that is told.
        Assert.Equal(status.Forecast.Verdict, details.Verdicts[^1].Verdict);
        Assert.Equal([MigrationEventKind.Started, MigrationEventKind.Verdict], house.Told.Kinds);
    }

    [Fact]
    public void A_phase_that_began_meanwhile_is_told_and_those_before_are_in_the_record()
    {
        using var house = House(SamplerHouse.Active(300 << 20, 5, 60) with { Phase = MigrationPhase.PostcopyActive });
        var open = _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromSeconds(61));
        var source = house.Come(_guest);
        Assert.Contains(MigrationEventKind.Phase, house.Told.Kinds);
        source.Sample = SamplerHouse.Active(0, 5, 70) with { Phase = MigrationPhase.Completed };
        house.Advance(1);
        Assert.Equal([.. open.Phases.Select(static p => p.Phase), MigrationPhase.PostcopyActive], Assert.Single(house.Told.Records).Phases.Select(static p => p.Phase));
    }

    [Fact]
    public void A_watcher_that_comes_later_is_told_the_phases_of_before()
    {
        using var house = House(SamplerHouse.Active(300 << 20, 5, 60));
        var open = _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromSeconds(61));
        house.Come(_guest);
        var delta = new MigrationDelta();
        house.Store.Since(0, delta);
        var phase = Assert.Single(delta.Events, static e => e.Kind == MigrationEventKind.Phase);
        Assert.Equal((open.Phases[1].Time, MigrationPhase.Active, 0), (phase.Time, phase.Phase, phase.Sequence));
    }

    [Fact]
    public void One_that_completed_meanwhile_is_recorded_as_it_ended()
    {
        using var house = House(SamplerHouse.Active(0, 7, 70) with { Phase = MigrationPhase.Completed, Downtime = TimeSpan.FromMilliseconds(55) });
        var open = _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromSeconds(61));
        house.Come(_guest);
        var record = Assert.Single(house.Told.Records);
        Assert.Equal((open.Id, MigrationOutcome.Completed, TimeSpan.FromMilliseconds(55), 7L), (record.Id, record.Outcome, record.Downtime, record.Passes));
        Assert.Equal(open.PassList, record.PassList);
        Assert.Equal(open.Phases, record.Phases);
        Assert.Equal([.. open.Verdicts.Select(static v => v.Verdict), MigrationVerdict.Done], record.Verdicts.Select(static v => v.Verdict));
    }

    [Fact]
    public void One_that_completed_meanwhile_ended_when_its_source_says()
    {
        using var house = House(SamplerHouse.Active(0, 7, 70) with { Phase = MigrationPhase.Completed });
        var open = _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromMinutes(30));
        house.Come(_guest);
        Assert.Equal(open.Started + TimeSpan.FromSeconds(70), Assert.Single(house.Told.Records).Ended);
    }

    [Fact]
    public void One_that_is_over_without_a_trace_is_recorded_so()
    {
        using var house = House(new MigrationSample(default) { Phase = MigrationPhase.None });
        var open = _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromSeconds(61));
        house.Come(_guest);
        var record = Assert.Single(house.Told.Records);
        Assert.Equal((open.Id, MigrationOutcome.Unknown, "it ended while the agent was not running"), (record.Id, record.Outcome, record.Reason));
        // As it was when it was last heard of.
        Assert.Equal((open.TransferredBytes, 1e6), (record.TransferredBytes, record.BytesPerSecond));
    }

    [Fact]
    public void One_whose_guest_cannot_be_read_any_more_is_recorded_so()
    {
        using var house = House(default);
        house.Sources.TakesNone = true;
        _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromSeconds(61));
        house.Sampler.Came(_guest);
        Assert.True(Support.Wait.Until(() => house.Told.Records.Count == 1));
        Assert.Equal((MigrationOutcome.Unknown, "the agent was restarted in mid-migration and cannot ask for it any more: it has neither a libvirt nor a monitor: give the agent one of its own (-qmp unix:PATH,server=on,wait=off)"), (house.Told.Records[0].Outcome, house.Told.Records[0].Reason));
    }

    [Fact]
    public void One_whose_monitor_is_refused_for_good_is_recorded_so_and_its_guest_is_not_asked_for_again()
    {
        using var house = House(default);
        house.Sources.Fails = (new GuestSourceException(GuestSourceFault.Unsupported, "another client holds the monitor /run/a"), int.MaxValue);
        _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromSeconds(61));
        house.Sampler.Came(_guest);
        Assert.True(Support.Wait.Until(() => house.Told.Records.Count == 1));
        Assert.Equal((MigrationOutcome.Unknown, "the agent was restarted in mid-migration and cannot ask for it any more: another client holds the monitor /run/a"), (house.Told.Records[0].Outcome, house.Told.Records[0].Reason));
        Assert.Equal((true, GuestSourceKind.Proc, "another client holds the monitor /run/a"), (house.State(_guest)!.IsUnreadable, house.State(_guest)!.Source, house.State(_guest)!.Limitation));
        house.Advance(3600);
        Assert.Equal(1, house.Sources.Tries);
    }

    [Fact]
    public void A_wall_clock_that_was_set_back_meanwhile_makes_no_time_negative()
    {
        using var house = House(SamplerHouse.Active(300 << 20, 5, 60));
        _open.Put(_guest, house.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        var source = house.Come(_guest);
        source.Sample = SamplerHouse.Active(0, 7, 70) with { Phase = MigrationPhase.Completed };
        house.Advance(1);
        var record = Assert.Single(house.Told.Records);
        Assert.True(record.Ended >= record.Started);
    }

    [Fact]
    public void What_was_looked_over_is_told_to_whoever_remembers()
    {
        using var house = House(default);
        house.Sampler.Came(_guest);
        Assert.False(house.Store.IsReady);
        house.Sampler.LookedOver();
        Assert.True(house.Store.IsReady);
        Assert.Equal([_guest.Process], _open.Present!);
    }

    [Fact]
    public void What_ended_with_its_process_while_nobody_looked_is_told_to_all_who_record_and_count()
    {
        using var house = House(default);
        var gone = _open.Put(_guest, house.Clock.GetUtcNow());
        house.Sampler.LookedOver();
        Assert.Equal(gone, Assert.Single(house.Told.Records));
        Assert.Empty(house.Statuses());
    }

    private SamplerHouse House(MigrationSample sample)
    {
        var house = new SamplerHouse(_open);
        house.Sources.Prepare = source => source.Sample = sample;
        return house;
    }

    private sealed class FakeOpenMigrations : IOpenMigrations
    {
        private OpenMigration? _open;

        public IReadOnlySet<GuestProcess>? Present { get; private set; }

        public MigrationRecord Put(Guest guest, DateTimeOffset started)
        {
            var record = new MigrationRecord("old-1", guest.Uuid, guest.Domain, MigrationDirection.Outgoing, MigrationOutcome.Unknown, started, started.AddSeconds(60))
            {
                PassList = [new TimedPass(started, new MigrationPass(1, 10, 5, 5, 5, 0)), new TimedPass(started, new MigrationPass(2, 5, 5, 5, 5, 0))],
                Verdicts = [new TimedVerdict(started, MigrationVerdict.TooEarly), new TimedVerdict(started, MigrationVerdict.Converging)],
                Phases = [new TimedPhase(started, MigrationPhase.Setup), new TimedPhase(started.AddSeconds(1), MigrationPhase.Active)],
                Passes = 3,
                TransferredBytes = 60_000_000,
            };
            _open = new OpenMigration(guest.Process, record) { Phase = MigrationPhase.Active };
            return record;
        }

        public OpenMigration? TryResume(GuestProcess process, string uuid, MigrationDirection direction)
        {
            var open = _open is not null && _open.Process == process && _open.SoFar.Direction == direction ? _open : null;
            if (open is not null) _open = null;
            return open;
        }

        public IReadOnlyList<MigrationRecord> EndedUnseen(IReadOnlySet<GuestProcess> present)
        {
            Present = present;
            return _open is { } open && !present.Contains(open.Process) ? [open.SoFar] : [];
        }
    }
}
