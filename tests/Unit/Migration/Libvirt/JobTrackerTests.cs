using NodeAgent.Migration.Libvirt;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Libvirt;

public sealed class JobTrackerTests
{
    private readonly JobTracker _tracker = new();

    [Fact]
    public void Without_a_job_there_is_no_migration() => Assert.Equal(MigrationPhase.None, _tracker.Take(Job(JobKind.None))!.Value.Phase);

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Another_job_is_no_migration_and_has_no_counters(long operation)
    {
        var sample = _tracker.Take(Job(JobKind.Bounded, operation))!.Value;
        Assert.Equal(new MigrationSample(sample.At) { Phase = MigrationPhase.None }, sample);
        Assert.False(_tracker.IsUnderWay);
    }

    [Fact]
    public void Counters_of_0_are_the_setup_before_and_nothing_after()
    {
        var setup = _tracker.Take(Job(JobKind.Unbounded, total: 0))!.Value;
        Assert.Equal((MigrationPhase.Setup, null), (setup.Phase, setup.RemainingBytes));
        Assert.Equal(MigrationPhase.Active, _tracker.Take(Job(JobKind.Unbounded))!.Value.Phase);
        var after = _tracker.Take(Job(JobKind.Unbounded, total: 0))!.Value;
        Assert.Equal((null, null, null), (after.Phase, after.TotalBytes, after.Pass));
    }

    [Fact]
    public void The_end_of_a_job_that_was_seen_asks_for_its_record()
    {
        _tracker.Take(Job(JobKind.Unbounded));
        Assert.Null(_tracker.Take(Job(JobKind.None)));
        Assert.Equal(MigrationPhase.Completed, _tracker.TakeRecord(Job(JobKind.Completed, elapsed: 9))!.Value.Phase);
        Assert.Equal(MigrationPhase.None, _tracker.Take(Job(JobKind.None))!.Value.Phase);
    }

    [Fact]
    public void A_record_older_than_the_job_is_of_another()
    {
        _tracker.Take(Job(JobKind.Unbounded, elapsed: 30));
        Assert.Null(_tracker.Take(Job(JobKind.None)));
        Assert.Null(_tracker.TakeRecord(Job(JobKind.Completed, elapsed: 12)));
        var cancelled = _tracker.Cancelled(TimeSpan.FromSeconds(5));
        Assert.Equal(MigrationPhase.Cancelled, cancelled.Phase);
        Assert.Contains("cancelled, or failed", cancelled.Error);
    }

    [Fact]
    public void A_record_of_a_dump_is_of_no_migration()
    {
        _tracker.Take(Job(JobKind.Unbounded));
        Assert.Null(_tracker.TakeRecord(Job(JobKind.Completed, operation: 8, elapsed: 9)));
    }

    [Fact]
    public void A_job_seen_to_fail_has_failed()
    {
        _tracker.Take(Job(JobKind.Unbounded));
        Assert.Equal(MigrationPhase.Failed, _tracker.Take(Job(JobKind.Failed))!.Value.Phase);
        Assert.Equal(MigrationPhase.None, _tracker.Take(Job(JobKind.None))!.Value.Phase);
    }

    [Fact]
    public void What_job_completed_said_stands_in_for_a_record_that_is_gone()
    {
        _tracker.Take(Job(JobKind.Unbounded));
        Assert.Equal(MigrationPhase.Completed, _tracker.Completed(Job(JobKind.Completed, elapsed: 9)).Phase);
        var gone = _tracker.Gone(TimeSpan.FromSeconds(77))!.Value;
        Assert.Equal((MigrationPhase.Completed, TimeSpan.FromSeconds(77), 100L), (gone.Phase, gone.At, gone.TotalBytes));
    }

    [Fact]
    public void Of_a_guest_that_went_without_a_word_nobody_knows()
    {
        _tracker.Take(Job(JobKind.Unbounded));
        Assert.Null(_tracker.Gone(TimeSpan.Zero));
    }

    [Fact]
    public void A_destination_arrives_and_is_done_or_has_failed()
    {
        Assert.Equal(MigrationPhase.Active, _tracker.Arriving(TimeSpan.Zero).Phase);
        Assert.Equal(MigrationPhase.Completed, _tracker.Take(Job(JobKind.None))!.Value.Phase);
        Assert.Equal(MigrationPhase.None, _tracker.Take(Job(JobKind.None))!.Value.Phase);
        _tracker.Arriving(TimeSpan.Zero);
        Assert.Equal(MigrationPhase.Failed, _tracker.Gone(TimeSpan.Zero)!.Value.Phase);
    }

    [Fact]
    public void Post_copy_is_known_by_its_event_and_by_its_requests()
    {
        _tracker.Take(Job(JobKind.Unbounded));
        _tracker.Happened(Lifecycle.SuspendedPostcopy);
        Assert.Equal(MigrationPhase.PostcopyActive, _tracker.Take(Job(JobKind.Unbounded))!.Value.Phase);
        _tracker.Take(Job(JobKind.Failed));
        Assert.Equal(MigrationPhase.Active, _tracker.Take(Job(JobKind.Unbounded))!.Value.Phase);
        Assert.Equal(MigrationPhase.PostcopyActive, _tracker.Take(Job(JobKind.Unbounded, requests: 3))!.Value.Phase);
    }

    [Fact]
    public void The_limit_is_asked_for_at_the_start_and_at_each_pass()
    {
        Assert.False(_tracker.WantsLimit);
        _tracker.Take(Job(JobKind.Unbounded, total: 0));
        Assert.False(_tracker.WantsLimit);
        _tracker.Take(Job(JobKind.Unbounded));
        Assert.True(_tracker.WantsLimit);
        _tracker.LimitIsAsked();
        _tracker.LimitIs(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(2), _tracker.Take(Job(JobKind.Unbounded))!.Value.DowntimeLimit);
        Assert.False(_tracker.WantsLimit);
        _tracker.Iterated();
        Assert.True(_tracker.WantsLimit);
    }

    private static JobStatistics Job(JobKind kind, long operation = 5, long total = 100, double elapsed = 1, long requests = 0) => new(kind, kind == JobKind.None ? null : operation, new MigrationSample(TimeSpan.FromSeconds(100))
    {
        TotalBytes = total,
        RemainingBytes = total / 2,
        Pass = 1,
        PostcopyRequests = requests,
        Elapsed = TimeSpan.FromSeconds(elapsed),
    });
}
