using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>Recorded migrations through sampler, tracker and store.</summary>
public sealed class PlayedTimelineTests : IDisposable
{
    private readonly SamplerHouse _house = new();

    [Theory]
    [InlineData("lab/q100-converging", "Completed", 3)]
    [InlineData("lab/q100-pause-before-switchover", "Completed", 0)]
    [InlineData("lab/q72-nonconverging", "Cancelled", 2)]
    [InlineData("lab/q72-autoconverge", "Completed", 15)]
    [InlineData("lab/q72-failed", "Failed", 0)]
    [InlineData("lab/q72-postcopy", "Completed", 0)]
    [InlineData("lab/q100-postcopy-pause-recover", "Completed", 0)]
    [InlineData("held-out/cancelled-early", "Cancelled", 0)]
    [InlineData("held-out/failed", "Failed", 1)]
    [InlineData("held-out/stagnating", "Cancelled", 3)]
    public void A_migration_of_QEMU(string name, string outcome, int passes)
    {
        var status = PlayedTimeline.Play(_house, name, GuestSourceKind.Qmp);
        Assert.Equal(outcome, status.Outcome.ToString());
        var record = Assert.Single(_house.Told.Records);
        Assert.True(record.PassList.Count >= passes, $"{record.PassList.Count} passes");
        Assert.Equal(record.PassList.Select(static p => p.Pass.Number).Distinct().Order(), record.PassList.Select(static p => p.Pass.Number));
        Assert.True(status.Sample.TotalBytes > 0);
        Assert.True(status.Sample.RemainingBytes is not null);
        Assert.True(status.Downtime is null || status.Downtime < TimeSpan.FromSeconds(5), $"{status.Downtime}");
        Assert.Equal(status.Forecast.Verdict, record.Verdicts[^1].Verdict);
        Assert.Equal(MigrationVerdict.TooEarly, record.Verdicts[0].Verdict);
        AssertEventsHoldTogether();
    }

    [Fact]
    public void A_migration_that_stagnates_is_said_to_while_it_does()
    {
        PlayedTimeline.Play(_house, "lab/q72-nonconverging", GuestSourceKind.Qmp);
        Assert.Contains(Assert.Single(_house.Told.Records).Verdicts, static v => v.Verdict is MigrationVerdict.WillNotConverge);
    }

    [Theory]
    [InlineData("lab/lv90-typed", 0)]
    public void A_migration_of_libvirt(string name, int passes)
    {
        var status = PlayedTimeline.Play(_house, name, GuestSourceKind.Libvirt);
        Assert.Equal(MigrationOutcome.Completed, status.Outcome);
        Assert.True(Assert.Single(_house.Told.Records).PassList.Count >= passes);
        AssertEventsHoldTogether();
    }

    public void Dispose() => _house.Dispose();

    private void AssertEventsHoldTogether()
    {
        var events = _house.Told.Events;
        Assert.Equal(MigrationEventKind.Started, events[0].Kind);
        Assert.Equal(MigrationEventKind.Ended, events[^1].Kind);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(static n => (long)n), events.Select(static e => e.Sequence));
        Assert.Equal(events.Select(static e => e.Time).Order(), events.Select(static e => e.Time));
        AssertEachIsAnother([.. events.Where(static e => e.Kind is MigrationEventKind.Started or MigrationEventKind.Phase).Select(static e => e.Phase)]);
        AssertEachIsAnother([.. events.Where(static e => e.Kind is MigrationEventKind.Started or MigrationEventKind.Verdict).Select(static e => e.Verdict)]);
    }

    private static void AssertEachIsAnother<T>(IReadOnlyList<T> told)
    {
        for (var i = 1; i < told.Count; i++) Assert.NotEqual(told[i - 1], told[i]);
    }
}
