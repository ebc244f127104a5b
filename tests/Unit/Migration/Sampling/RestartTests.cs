using NodeAgent.Migration.Model;
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
        List<TimedPass> passes = [];
        List<TimedVerdict> verdicts = [];
        Assert.True(house.Store.Details(open.Id, passes, verdicts));
        Assert.Equal(open.PassList, passes);
        Assert.Equal(open.Verdicts, verdicts.Take(open.Verdicts.Count));
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
    }

    [Fact]
    public void One_that_is_over_without_a_trace_is_recorded_so()
    {
        using var house = House(new MigrationSample(default) { Phase = MigrationPhase.None });
        var open = _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromSeconds(61));
        house.Come(_guest);
        var record = Assert.Single(house.Told.Records);
        Assert.Equal((open.Id, MigrationOutcome.Unknown, "it ended while the agent was not running"), (record.Id, record.Outcome, record.Reason));
    }

    [Fact]
    public void One_whose_guest_cannot_be_read_any_more_is_recorded_so()
    {
        using var house = House(default);
        house.Sources.TakesNone = true;
        _open.Put(_guest, house.Clock.GetUtcNow() - TimeSpan.FromSeconds(61));
        house.Sampler.Came(_guest);
        Assert.True(Support.Wait.Until(() => house.Told.Records.Count == 1));
        Assert.Equal(MigrationOutcome.Unknown, house.Told.Records[0].Outcome);
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
            var record = new MigrationRecord("old-1", guest.Uuid, guest.Domain, MigrationDirection.Outgoing, MigrationOutcome.Unknown, started, started)
            {
                PassList = [new TimedPass(started, new MigrationPass(1, 10, 5, 5, 5, 0)), new TimedPass(started, new MigrationPass(2, 5, 5, 5, 5, 0))],
                Verdicts = [new TimedVerdict(started, MigrationVerdict.TooEarly), new TimedVerdict(started, MigrationVerdict.Converging)],
                Passes = 3,
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

        public void LookedOver(IReadOnlySet<GuestProcess> present) => Present = present;
    }
}
