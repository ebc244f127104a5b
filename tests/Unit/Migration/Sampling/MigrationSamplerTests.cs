using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

public sealed class MigrationSamplerTests : IDisposable
{
    private readonly SamplerHouse _house = new();

    [Fact]
    public void Nothing_is_asked_of_a_guest_that_does_not_migrate()
    {
        var guest = SamplerHouse.Guest(1);
        var source = _house.Come(guest);
        var version = _house.Store.Version;
        _house.Advance(3600);
        Assert.Equal(1, source.Asked);
        Assert.Empty(_house.Statuses());
        Assert.Equal(version, _house.Store.Version);
    }

    [Fact]
    public void What_the_source_says_of_a_guest_is_kept()
    {
        var rate = new DirtyRate(7 << 20, DirtyRateMode.PageSampling, TimeSpan.FromSeconds(1), _house.Clock.GetUtcNow());
        _house.Sources.Prepare = source => (source.LastDirtyRate, source.Blockers) = (rate, ["a device of the host is passed through"]);
        var guest = SamplerHouse.Guest(1);
        _house.Come(guest);
        Assert.Equal((GuestSourceKind.Qmp, rate, "a device of the host is passed through"), (_house.State(guest)!.Source, _house.State(guest)!.DirtyRate, Assert.Single(_house.State(guest)!.Blockers)));
    }

    [Fact]
    public void A_migration_is_sampled_from_its_first_event_to_its_end()
    {
        var source = _house.Come(SamplerHouse.Guest(1));
        source.Sample = SamplerHouse.Active(800 << 20);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Setup);
        source.Tell(SourceEventKind.Pass, pass: 1);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Active);
        var asked = source.Asked;
        _house.Advance(1);
        Assert.Equal(asked + 4, source.Asked);
        var status = Assert.Single(_house.Statuses());
        Assert.Equal((MigrationPhase.Active, MigrationDirection.Outgoing, 800L << 20, false), (status.Phase, status.Direction, status.Sample.RemainingBytes, status.FoundUnderWay));

        source.Sample = SamplerHouse.Active(0, 3, 2) with { Phase = MigrationPhase.Completed, Downtime = TimeSpan.FromMilliseconds(40) };
        source.Tell(SourceEventKind.Phase, MigrationPhase.Completed);
        status = Assert.Single(_house.Statuses());
        Assert.Equal((MigrationPhase.Completed, MigrationOutcome.Completed, MigrationVerdict.Done, TimeSpan.FromMilliseconds(40)), (status.Phase, status.Outcome, status.Forecast.Verdict, status.Downtime));
        asked = source.Asked;
        _house.Advance(3);
        Assert.Equal(asked, source.Asked);
        Assert.Equal(MigrationEventKind.Started, _house.Told.Kinds.First());
        Assert.Equal(MigrationEventKind.Ended, _house.Told.Kinds.Last());
        Assert.Equal(MigrationOutcome.Completed, Assert.Single(_house.Told.Records).Outcome);
    }

    [Fact]
    public void The_rate_can_change_while_it_runs()
    {
        var source = Migrating(1);
        _house.Sampler.Configure(10);
        var asked = source.Asked;
        _house.Advance(2);
        Assert.Equal(asked + 20, source.Asked);
    }

    [Fact]
    public void A_source_that_is_slow_is_asked_once_and_skips_ticks()
    {
        var source = Migrating(1);
        source.AnswersLate = true;
        _house.Advance(0.25);
        Assert.True(source.IsAsked);
        var asked = source.Asked;
        _house.Advance(2);
        Assert.Equal(asked, source.Asked);
        source.AnswerNow();
        _house.Advance(0.25);
        Assert.Equal(asked + 1, source.Asked);
        Assert.False(source.WasCalledTwice);
    }

    [Fact]
    public void A_fault_keeps_the_last_good_sample_and_says_why()
    {
        var source = Migrating(1);
        source.Fault = new GuestSourceException(GuestSourceFault.Failed, "no answer in 2 s");
        _house.Advance(1);
        var status = Assert.Single(_house.Statuses());
        Assert.Equal((800L << 20, "no answer in 2 s"), (status.Sample.RemainingBytes, status.Limitation));
        source.Fault = null;
        _house.Advance(0.3);
        Assert.Null(Assert.Single(_house.Statuses()).Limitation);
    }

    [Fact]
    public void A_lost_source_goes_on_where_it_comes_back()
    {
        var source = Migrating(1);
        source.Fault = new GuestSourceException(GuestSourceFault.Failed, "virtqemud is gone");
        source.Tell(SourceEventKind.Lost, reason: "virtqemud closed the connection");
        Assert.Equal("virtqemud closed the connection", Assert.Single(_house.Statuses()).Limitation);
        _house.Advance(5);
        (source.Fault, source.Sample) = (null, SamplerHouse.Active(100 << 20, 2, 6));
        source.Tell(SourceEventKind.Look);
        var status = Assert.Single(_house.Statuses());
        Assert.Equal((null, 100L << 20), (status.Limitation, status.Sample.RemainingBytes));
    }

    [Fact]
    public void Counters_that_go_with_a_cancelled_migration_stay_as_they_were()
    {
        var source = Migrating(1);
        source.Sample = new MigrationSample(default) { Phase = MigrationPhase.Cancelled };
        source.Tell(SourceEventKind.Phase, MigrationPhase.Cancelling);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Cancelled);
        var status = Assert.Single(_house.Statuses());
        Assert.Equal((MigrationOutcome.Cancelled, MigrationVerdict.Cancelled, 800L << 20), (status.Outcome, status.Forecast.Verdict, status.Sample.RemainingBytes));
    }

    [Fact]
    public void Cancelling_is_a_phase_of_its_own()
    {
        var source = Migrating(1);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Cancelling);
        Assert.Equal(MigrationPhase.Cancelling, Assert.Single(_house.Statuses()).Phase);
        source.Sample = new MigrationSample(default) { Phase = MigrationPhase.Cancelled };
        source.Tell(SourceEventKind.Phase, MigrationPhase.Cancelled);
        Assert.Equal([MigrationPhase.Setup, MigrationPhase.Active, MigrationPhase.Cancelling], Assert.Single(_house.Told.Records).Phases.Select(static p => p.Phase));
    }

    [Fact]
    public void A_source_that_gives_up_for_good_ends_what_it_was_asked_for()
    {
        var guest = SamplerHouse.Guest(1);
        var source = Migrating(guest);
        source.Fault = new GuestSourceException(GuestSourceFault.Absent, "lost");
        source.Tell(SourceEventKind.Lost, reason: "lost");
        source.Tell(SourceEventKind.GivenUp, reason: "another client holds the monitor /run/a");
        var record = Assert.Single(_house.Told.Records);
        Assert.Equal((MigrationOutcome.Unknown, "it cannot be asked for any more: another client holds the monitor /run/a"), (record.Outcome, record.Reason));
        Assert.Equal((true, GuestSourceKind.Proc, "another client holds the monitor /run/a"), (_house.State(guest)!.IsUnreadable, _house.State(guest)!.Source, _house.State(guest)!.Limitation));
        Assert.True(Wait.Until(() => source.IsDisposed));
    }

    [Fact]
    public void A_failure_without_a_reason_is_said_to_have_none()
    {
        var source = Migrating(1);
        source.Sample = new MigrationSample(default) { Phase = MigrationPhase.Failed };
        source.Tell(SourceEventKind.Phase, MigrationPhase.Failed);
        Assert.Equal("unknown reason: what runs the guest names none", Assert.Single(_house.Told.Records).Reason);
    }

    [Fact]
    public void A_failure_says_why_in_the_words_of_the_source()
    {
        var source = Migrating(1);
        source.Sample = new MigrationSample(default) { Phase = MigrationPhase.Failed, Error = "Unable to write to socket: Broken pipe" };
        _house.Advance(0.25);
        var status = Assert.Single(_house.Statuses());
        Assert.Equal((MigrationOutcome.Failed, "Unable to write to socket: Broken pipe"), (status.Outcome, status.Error));
        Assert.Equal(status.Error, Assert.Single(_house.Told.Records).Reason);
    }

    [Fact]
    public void A_guest_that_is_killed_leaves_a_migration_of_which_nobody_knows_how_it_ended()
    {
        var guest = SamplerHouse.Guest(123);
        var source = Migrating(guest);
        _house.Sampler.Left(guest.Process);
        Assert.Null(_house.State(guest));
        Assert.Null(Assert.Single(_house.Statuses()).Ended);
        _house.Advance(2.5);
        var status = Assert.Single(_house.Statuses());
        Assert.Equal((MigrationOutcome.Unknown, "QEMU ended (pid 123) in pass 1 before it said how the migration ended"), (status.Outcome, status.Error));
        Assert.True(Wait.Until(() => source.IsDisposed));
    }

    [Fact]
    public void The_word_of_libvirt_may_come_after_the_process_is_gone()
    {
        var guest = SamplerHouse.Guest(1);
        var source = Migrating(guest);
        _house.Sampler.Left(guest.Process);
        _house.Advance(0.5);
        source.Tell(SourceEventKind.Completed, statistics: SamplerHouse.Active(0, 4, 3) with { At = _house.Now, Phase = MigrationPhase.Completed, Downtime = TimeSpan.FromMilliseconds(18) });
        var status = Assert.Single(_house.Statuses());
        Assert.Equal((MigrationOutcome.Completed, TimeSpan.FromMilliseconds(18), 4L), (status.Outcome, status.Downtime, status.Sample.Pass));
        Assert.True(Wait.Until(() => source.IsDisposed));
    }

    [Fact]
    public void A_job_that_is_gone_was_cancelled_unless_its_completion_is_told()
    {
        var source = Migrating(1);
        source.Sample = new MigrationSample(default) { Phase = MigrationPhase.None };
        _house.Advance(0.5);
        Assert.Null(Assert.Single(_house.Statuses()).Ended);
        _house.Advance(1);
        var status = Assert.Single(_house.Statuses());
        Assert.Equal(MigrationOutcome.Cancelled, status.Outcome);
        Assert.NotNull(status.Error);
    }

    [Fact]
    public void Statistics_that_come_with_the_end_end_it_at_once_and_only_once()
    {
        var source = Migrating(1);
        var statistics = SamplerHouse.Active(0, 4, 3) with { At = _house.Now, Phase = MigrationPhase.Completed };
        source.Tell(SourceEventKind.Completed, statistics: statistics);
        source.Tell(SourceEventKind.Completed, statistics: statistics);
        source.Tell(SourceEventKind.Pass, pass: 4);
        _house.Advance(1);
        Assert.Equal(MigrationOutcome.Completed, Assert.Single(_house.Statuses()).Outcome);
        Assert.Single(_house.Told.Records);
    }

    [Fact]
    public void A_late_answer_of_a_migration_that_is_over_begins_none()
    {
        var source = Migrating(1);
        source.AnswersLate = true;
        _house.Advance(0.25);
        source.Tell(SourceEventKind.Completed, statistics: SamplerHouse.Active(0, 4, 3) with { At = _house.Now, Phase = MigrationPhase.Completed });
        source.AnswerNow();
        _house.Advance(1);
        Assert.NotNull(Assert.Single(_house.Statuses()).Ended);
    }

    [Fact]
    public void A_migration_after_another_is_another()
    {
        var source = Migrating(1);
        source.Sample = new MigrationSample(default) { Phase = MigrationPhase.Cancelled };
        source.Tell(SourceEventKind.Phase, MigrationPhase.Cancelled);
        source.Sample = SamplerHouse.Active(900 << 20);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Setup);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Active);
        _house.Advance(0.25);
        Assert.Equal([MigrationOutcome.Cancelled, null], _house.Statuses().Select(static s => s.Outcome));
        Assert.Equal(2, _house.Statuses().Select(static s => s.Id).Distinct().Count());
    }

    [Fact]
    public void One_that_runs_when_the_agent_comes_is_found_under_way_with_its_start()
    {
        _house.Sources.Prepare = static source => source.Sample = SamplerHouse.Active(500 << 20, 3, 60);
        _house.Come(SamplerHouse.Guest(1));
        var status = Assert.Single(_house.Statuses());
        Assert.True(status.FoundUnderWay);
        Assert.Equal(_house.Clock.GetUtcNow() - TimeSpan.FromSeconds(60), status.Started);
    }

    [Fact]
    public void What_ended_before_the_agent_came_is_no_migration()
    {
        _house.Sources.Prepare = static source => source.Sample = new MigrationSample(default) { Phase = MigrationPhase.Cancelled };
        _house.Come(SamplerHouse.Guest(1));
        _house.Advance(10);
        Assert.Empty(_house.Statuses());
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_no_time_negative()
    {
        var source = Migrating(1);
        _house.Clock.Step(TimeSpan.FromHours(-1));
        _house.Advance(1);
        source.Sample = SamplerHouse.Active(0, 2, 3) with { Phase = MigrationPhase.Completed };
        _house.Advance(0.25);
        var record = Assert.Single(_house.Told.Records);
        Assert.InRange(record.Ended - record.Started, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        var status = Assert.Single(_house.Statuses());
        Assert.True(status.SampledAt >= status.Started);
        _house.Advance(301);
        Assert.Empty(_house.Statuses());
    }

    [Fact]
    public void A_pid_that_is_used_again_is_another_guest()
    {
        var first = SamplerHouse.Guest(5);
        var source = Migrating(first);
        var second = first with { Process = new GuestProcess(5, 2000), Uuid = "22222222-2222-2222-2222-222222222222" };
        _house.Sampler.Left(first.Process);
        _house.Come(second);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Completed);
        _house.Advance(0.5);
        Assert.Equal((MigrationOutcome.Completed, first.Uuid), (Assert.Single(_house.Statuses()).Outcome, Assert.Single(_house.Statuses()).Guest.Uuid));
        Assert.Equal(second.Process, Assert.Single(_house.Store.Guests).Guest.Process);
    }

    [Fact]
    public void A_peer_is_looked_for_once()
    {
        var guest = SamplerHouse.Guest(1);
        _house.Peers[guest.Process] = "192.0.2.7:49152";
        Migrating(guest);
        Assert.True(Wait.Until(() => Assert.Single(_house.Statuses()).Peer == "192.0.2.7:49152"));
    }

    public void Dispose() => _house.Dispose();

    private FakeGuestSource Migrating(int pid) => Migrating(SamplerHouse.Guest(pid));

    private FakeGuestSource Migrating(Guest guest)
    {
        var source = _house.Come(guest);
        source.Sample = SamplerHouse.Active(800 << 20);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Setup);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Active);
        _house.Advance(0.25);
        Assert.Equal(800L << 20, _house.Statuses().Last().Sample.RemainingBytes);
        return source;
    }
}
