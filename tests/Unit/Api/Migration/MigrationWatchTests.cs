using NodeAgent.Api.V1;
using NodeAgent.Api.Watching;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Api.Watching;
using Xunit;
using MigrationEvent = NodeAgent.Api.V1.MigrationEvent;
using MigrationPhase = NodeAgent.Migration.Model.MigrationPhase;

namespace NodeAgent.Tests.Unit.Api.Migration;

public sealed class MigrationWatchTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly MigrationStore _store;

    public MigrationWatchTests() => _store = Store(16_384);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Nothing_is_told_before_the_node_was_looked_over()
    {
        using var store = new MigrationStore(7, TimeSpan.FromMinutes(1), _clock);
        await using var reader = Start(store);
        var first = NextAsync(reader);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(first.IsCompleted);
        using (var batch = store.Write()) batch.Ready();
        Assert.True((await first).FullState);
    }

    [Fact]
    public async Task Samples_of_a_slow_reader_are_merged_and_events_are_not()
    {
        Put(_store, MigrationMaker.Status("a", _clock.GetUtcNow()));
        await using var reader = Start(_store);
        Assert.Equal(["a"], (await NextAsync(reader)).Changed.Select(static m => m.Id));
        await StallAsync(reader);
        var status = MigrationMaker.Status("a", _clock.GetUtcNow());
        for (var i = 1; i <= 1000; i++)
        {
            using var batch = _store.Write();
            status = MigrationMaker.Sampled(status, i, _clock.GetUtcNow());
            batch.Put(status, _clock.GetUtcNow());
            if (i % 20 == 0) batch.Pass("a", MigrationMaker.Pass(i / 20), _clock.GetUtcNow());
        }

        await NextAsync(reader);
        var merged = await NextAsync(reader);
        Assert.Equal(1000ul, Assert.Single(merged.Changed).Counters.RemainingBytes);
        Assert.Equal(Enumerable.Range(1, 50).Select(static n => (uint)n), merged.Events.Select(static e => e.Pass.Number));
        Assert.Equal((_store.Version, false), (merged.Version, merged.FullState));
    }

    [Fact]
    public async Task A_reader_whose_events_are_no_longer_kept_gets_everything_with_all_passes()
    {
        using var store = Store(16);
        Put(store, MigrationMaker.Status("a", _clock.GetUtcNow()));
        await using var reader = Start(store);
        await NextAsync(reader);
        await StallAsync(reader, store);
        for (var i = 1; i <= 100; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            using var batch = store.Write();
            batch.Pass("a", MigrationMaker.Pass(i), _clock.GetUtcNow());
        }

        Assert.False((await NextAsync(reader)).FullState);
        var again = await NewsAsync(reader);
        Assert.True(again.FullState);
        var told = again.Events.Where(static e => e.MigrationId == "a").ToList();
        Assert.Equal(MigrationEvent.EventOneofCase.Started, told[0].EventCase);
        Assert.Equal(Enumerable.Range(1, 100).Select(static n => (uint)n), told.Skip(1).Select(static e => e.Pass.Number));
        Assert.Equal((0, 102L), (told[84].Sequence, told[^1].Sequence));
    }

    [Fact]
    public async Task What_came_and_went_in_a_stall_is_told_with_its_end_and_removed()
    {
        await using var reader = Start(_store);
        await NextAsync(reader);
        await StallAsync(reader);
        var status = MigrationMaker.Status("b", _clock.GetUtcNow());
        Put(_store, status);
        Put(_store, status with { Phase = MigrationPhase.Failed, Outcome = MigrationOutcome.Failed, Ended = _clock.GetUtcNow(), Error = "broken pipe" });
        _clock.Advance(TimeSpan.FromMinutes(2));
        await NextAsync(reader);
        var news = await NewsAsync(reader);
        Assert.Equal(["b"], news.Removed);
        Assert.Empty(news.Changed);
        Assert.Equal([MigrationEvent.EventOneofCase.Started, MigrationEvent.EventOneofCase.Ended], news.Events.Select(static e => e.EventCase));
    }

    [Fact]
    public async Task A_large_state_comes_in_parts_of_which_the_last_completes_it()
    {
        using (var batch = _store.Write())
        {
            for (var i = 0; i < 2000; i++) batch.Put(MigrationMaker.Status($"m{i:0000}", _clock.GetUtcNow()), _clock.GetUtcNow());
        }

        await using var reader = Start(_store);
        var parts = new List<WatchMigrationsResponse>();
        do parts.Add(await NextAsync(reader));
        while (parts[^1].More);
        Assert.Equal([true, .. Enumerable.Repeat(false, parts.Count - 1)], parts.Select(static p => p.FullState));
        Assert.All(parts, static p => Assert.InRange(p.CalculateSize(), 1, 65_535));
        Assert.Equal(2000, parts.SelectMany(static p => p.Changed).Select(static m => m.Id).Distinct().Count());
        Assert.Equal(2000, parts.SelectMany(static p => p.Events).Count(static e => e.EventCase == MigrationEvent.EventOneofCase.Started));
        Assert.Single(parts.Select(static p => p.Version).Distinct());
    }

    [Fact]
    public async Task Watchers_at_the_same_version_share_one_encoding()
    {
        var view = new MigrationView(_store, _clock);
        await using var one = new WatchReader<WatchMigrationsResponse>(view, _clock, default, null);
        await using var other = new WatchReader<WatchMigrationsResponse>(view, _clock, default, null);
        await one.NextAsync();
        await other.NextAsync();
        Put(_store, MigrationMaker.Status("a", _clock.GetUtcNow()));
        var message = await one.NextAsync();
        Assert.NotNull(message.Encoded);
        Assert.Same(message.Encoded, (await other.NextAsync()).Encoded);
        Assert.Equal("a", Assert.Single(MigrationFollower.Received(message).Changed).Id);
    }

    private MigrationStore Store(int events)
    {
        var store = new MigrationStore(7, TimeSpan.FromMinutes(1), _clock, events: events);
        using var batch = store.Write();
        batch.Ready();
        return store;
    }

    private void Put(MigrationStore store, in MigrationStatus status)
    {
        using var batch = store.Write();
        batch.Put(status, _clock.GetUtcNow());
    }

    private static async Task<WatchMigrationsResponse> NextAsync(WatchReader<WatchMigrationsResponse> reader) => MigrationFollower.Received(await reader.NextAsync());

    // Time has passed: a heartbeat may have been due.
    private static async Task<WatchMigrationsResponse> NewsAsync(WatchReader<WatchMigrationsResponse> reader)
    {
        var message = await NextAsync(reader);
        return message.Heartbeat ? await NextAsync(reader) : message;
    }

    // Until it has a message that the reader does not take.
    private Task StallAsync(WatchReader<WatchMigrationsResponse> reader, MigrationStore? store = null)
    {
        Put(store ?? _store, MigrationMaker.Status("stalls", _clock.GetUtcNow()));
        return reader.StalledAsync();
    }

    private WatchReader<WatchMigrationsResponse> Start(MigrationStore store) => new(new MigrationView(store, _clock), _clock, default, null);
}
