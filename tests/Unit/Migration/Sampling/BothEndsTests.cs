using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>Source and destination of one domain on one node.</summary>
public sealed class BothEndsTests : IDisposable
{
    private readonly SamplerHouse _house = new();
    private readonly Guest _from = SamplerHouse.Guest(1);
    private readonly Guest _to = SamplerHouse.Guest(2, incoming: true);
    private readonly FakeGuestSource _source;
    private readonly FakeGuestSource _destination;

    public BothEndsTests()
    {
        (_source, _destination) = (_house.Come(_from), _house.Come(_to));
        _source.Sample = SamplerHouse.Active(100 << 20);
        _destination.Tell(SourceEventKind.Phase, MigrationPhase.Active);
        _source.Tell(SourceEventKind.Phase, MigrationPhase.Setup);
        _source.Tell(SourceEventKind.Phase, MigrationPhase.Active);
        _house.Advance(0.5);
    }

    [Fact]
    public void Each_end_is_a_migration_of_its_own_and_names_this_node()
    {
        Assert.Equal([(MigrationDirection.Incoming, 2), (MigrationDirection.Outgoing, 1)], _house.Statuses().Select(static s => (s.Direction, s.Guest.Process.Pid)));
        Assert.All(_house.Statuses(), static s => Assert.Equal(SamplerHouse.Node, s.Peer));
        Assert.Null(_house.Statuses()[0].Sample.TotalBytes);
    }

    [Fact]
    public void The_downtime_is_what_passed_between_the_stop_here_and_the_start_there()
    {
        _source.Tell(SourceEventKind.Stopped);
        _house.Clock.Step(TimeSpan.FromHours(2));
        _house.Advance(0.12);
        _destination.Tell(SourceEventKind.Resumed);
        _destination.Sample = new MigrationSample(default) { Phase = MigrationPhase.Completed };
        _destination.Tell(SourceEventKind.Phase, MigrationPhase.Completed);

        // QEMU 7.2 in post-copy: the host's uptime.
        _source.Sample = SamplerHouse.Active(0, 2, 2) with { Phase = MigrationPhase.Completed, Downtime = TimeSpan.FromMilliseconds(1366464) };
        _source.Tell(SourceEventKind.Phase, MigrationPhase.Completed);
        Assert.Equal([MigrationOutcome.Completed, MigrationOutcome.Completed], _house.Statuses().Select(static s => s.Outcome));
        Assert.All(_house.Statuses(), static s => Assert.Equal(120, Math.Round(s.Downtime!.Value.TotalMilliseconds)));
    }

    [Fact]
    public void A_guest_that_came_here_can_leave_again()
    {
        _destination.Sample = new MigrationSample(default) { Phase = MigrationPhase.Completed };
        _destination.Tell(SourceEventKind.Phase, MigrationPhase.Completed);
        _house.Sampler.Left(_from.Process);
        _house.Advance(10);
        _destination.Sample = SamplerHouse.Active(50 << 20);
        _destination.Tell(SourceEventKind.Phase, MigrationPhase.Setup);
        _house.Advance(0.5);
        var last = _house.Statuses()[^1];
        Assert.Equal((MigrationDirection.Outgoing, 2, null), (last.Direction, last.Guest.Process.Pid, last.Ended));
    }

    [Fact]
    public void A_destination_that_ends_before_the_guest_ran_there_has_failed()
    {
        _house.Sampler.Left(_to.Process);
        _house.Advance(3);
        var status = _house.Statuses()[0];
        Assert.Equal((MigrationOutcome.Failed, "QEMU of the destination ended before the guest ran here: its source ended the migration or the connection broke, and the node it came from knows which"), (status.Outcome, status.Error));
        Assert.Null(_house.Statuses()[1].Ended);
    }

    [Fact]
    public void A_destination_that_ends_with_a_cancelled_migration_was_cancelled()
    {
        _house.Sampler.Left(_to.Process);
        _source.Sample = new MigrationSample(default) { Phase = MigrationPhase.Cancelled };
        _source.Tell(SourceEventKind.Phase, MigrationPhase.Cancelled);
        _house.Advance(0.5);
        Assert.Equal([MigrationOutcome.Cancelled, MigrationOutcome.Cancelled], _house.Statuses().Select(static s => s.Outcome));
    }

    [Fact]
    public void A_destination_that_ends_with_a_migration_of_which_nobody_said_how_it_ended_says_what_was_made_of_that()
    {
        _house.Sampler.Left(_to.Process);
        _source.Sample = new MigrationSample(default) { Phase = MigrationPhase.None };
        _house.Advance(3);
        const string NoJob = "libvirt has no job for it any more, and the guest goes on here: it was cancelled or failed";
        Assert.Equal([(MigrationOutcome.Cancelled, $"the other end, on this node too, says: {NoJob}"), (MigrationOutcome.Cancelled, NoJob)], _house.Statuses().Select(static s => (s.Outcome!.Value, s.Error!)));
    }

    [Fact]
    public void A_destination_that_says_failed_was_cancelled_where_its_source_was()
    {
        _destination.Fault = new GuestSourceException(GuestSourceFault.Absent, "QEMU shut down");
        _destination.Tell(SourceEventKind.Phase, MigrationPhase.Failed);
        Assert.Null(_house.Statuses()[0].Ended);
        _house.Sampler.Left(_to.Process);
        Assert.Null(_house.Statuses()[0].Ended);
        _source.Sample = new MigrationSample(default) { Phase = MigrationPhase.Cancelled };
        _source.Tell(SourceEventKind.Phase, MigrationPhase.Cancelled);
        _house.Advance(0.5);
        Assert.Equal([MigrationOutcome.Cancelled, MigrationOutcome.Cancelled], _house.Statuses().Select(static s => s.Outcome));
    }

    [Fact]
    public void A_destination_that_says_failed_says_what_its_source_says()
    {
        _destination.Sample = new MigrationSample(default) { Phase = MigrationPhase.Failed };
        _destination.Tell(SourceEventKind.Phase, MigrationPhase.Failed);
        _source.Sample = new MigrationSample(default) { Phase = MigrationPhase.Failed, Error = "Broken pipe" };
        _source.Tell(SourceEventKind.Phase, MigrationPhase.Failed);
        _house.Advance(0.5);
        Assert.Equal(["the guest did not get here; the other end, on this node too, says: Broken pipe", "Broken pipe"], _house.Statuses().Select(static s => s.Error));
        Assert.All(_house.Statuses(), static s => Assert.Equal(MigrationOutcome.Failed, s.Outcome));
    }

    [Fact]
    public void A_destination_that_says_failed_and_hears_of_no_source_says_who_knows_why()
    {
        _destination.Sample = new MigrationSample(default) { Phase = MigrationPhase.Failed };
        _destination.Tell(SourceEventKind.Phase, MigrationPhase.Failed);
        _house.Advance(3);
        var status = _house.Statuses()[0];
        Assert.Equal((MigrationOutcome.Failed, "the guest did not get here: its source ended the migration or the connection broke, and the node it came from knows which"), (status.Outcome, status.Error));
    }

    [Fact]
    public void A_destination_that_has_a_reason_says_it()
    {
        _destination.Sample = new MigrationSample(default) { Phase = MigrationPhase.Failed, Error = "load of migration failed: Input/output error" };
        _destination.Tell(SourceEventKind.Phase, MigrationPhase.Failed);
        _house.Advance(3);
        Assert.Equal("load of migration failed: Input/output error", _house.Statuses()[0].Error);
    }

    [Fact]
    public void A_source_that_is_gone_without_a_word_has_completed_where_the_guest_runs_on_the_other_end()
    {
        _destination.Sample = new MigrationSample(default) { Phase = MigrationPhase.Completed };
        _destination.Tell(SourceEventKind.Phase, MigrationPhase.Completed);
        _house.Sampler.Left(_from.Process);
        _house.Advance(0.5);
        Assert.Equal([MigrationOutcome.Completed, MigrationOutcome.Completed], _house.Statuses().Select(static s => s.Outcome));
    }

    [Fact]
    public void A_guest_that_runs_here_has_come_even_if_nobody_says_completed()
    {
        _destination.Sample = new MigrationSample(default) { Phase = MigrationPhase.None };
        _destination.Tell(SourceEventKind.Resumed);
        Assert.Equal(MigrationOutcome.Completed, _house.Statuses()[0].Outcome);
    }

    [Fact]
    public void The_destination_is_not_asked_by_ticks()
    {
        var asked = _destination.Asked;
        _house.Advance(5);
        Assert.Equal(asked, _destination.Asked);
    }

    public void Dispose() => _house.Dispose();
}
