using NodeAgent.Api.V1;
using NodeAgent.Api.Watching;
using NodeAgent.Metrics;
using NodeAgent.Node;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Node;
using Xunit;

namespace NodeAgent.Tests.Unit.Api.Watching;

public sealed class WatchTests
{
    private const int Many = 20_000;

    private readonly ManualClock _clock = new();
    private readonly LinkMaker _network = new();

    [Fact]
    public async Task The_state_comes_first_and_then_what_changed()
    {
        _network.Snapshot.Put(LinkMaker.Link("a"));
        var store = _network.Store();
        await using var reader = Start(store);
        var state = await reader.NextAsync();
        Assert.True(state.FullState);
        Assert.Equal((store.Epoch, 1L), (state.Epoch, state.Version));
        Assert.Equal(["a"], state.Changed.Select(l => l.Name));

        store.Publish(_network.Put(LinkMaker.Link("b")));
        var change = await reader.NextAsync();
        Assert.False(change.FullState);
        Assert.Equal((2L, "b"), (change.Version, change.Changed.Single().Name));

        store.Publish(_network.Remove("a"));
        Assert.Equal(["a"], (await reader.NextAsync()).Removed);
    }

    [Fact]
    public async Task Nothing_is_told_before_the_first_listing()
    {
        var store = new NodeStateStore(7);
        await using var reader = Start(store);
        var first = reader.NextAsync();
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(first.IsCompleted);
        store.Publish(_network.Everything());
        Assert.True((await first).FullState);
    }

    [Fact]
    public async Task A_slow_reader_is_told_the_newest_once()
    {
        var store = _network.Store();
        var counters = new WatchCounters(new MetricRegistry());
        await using var reader = Start(store, counts: counters);
        await reader.NextAsync();
        store.Publish(_network.Put(LinkMaker.Link("a", 1000)));
        await reader.StalledAsync();
        for (var mtu = 1001; mtu <= 1100; mtu++) store.Publish(_network.Put(LinkMaker.Link("a", mtu)));
        Assert.Equal(1000u, (await reader.NextAsync()).Changed.Single().Mtu);
        var last = await reader.NextAsync();
        Assert.Equal(1100u, last.Changed.Single().Mtu);
        Assert.Equal(store.Current.Version, last.Version);
        store.Publish(_network.Put(LinkMaker.Link("b")));
        Assert.Equal("b", (await reader.NextAsync()).Changed.Single().Name);
    }

    [Fact]
    public async Task Who_resumes_is_told_what_it_missed()
    {
        var store = _network.Store();
        store.Publish(_network.Put(LinkMaker.Link("a"), LinkMaker.Link("b")));
        store.Publish(_network.Put(LinkMaker.Link("b", 9000)));
        await using var reader = Start(store, new WatchStart(store.Epoch, 2, WatchStart.DefaultHeartbeat));
        var missed = await reader.NextAsync();
        Assert.False(missed.FullState);
        Assert.Equal(["b"], missed.Changed.Select(l => l.Name));
    }

    [Fact]
    public async Task Who_resumes_and_missed_nothing_learns_so_at_once()
    {
        var store = _network.Store();
        await using var reader = Start(store, new WatchStart(store.Epoch, 1, WatchStart.DefaultHeartbeat));
        var first = await reader.NextAsync();
        Assert.True(first.Heartbeat);
        Assert.Equal(1, first.Version);
    }

    [Theory]
    [InlineData(6, 3, "another process's")]
    [InlineData(7, 99, "newer than there is")]
    [InlineData(7, 1, "older than the history")]
    [InlineData(0, 0, "none")]
    public async Task A_version_that_cannot_be_resumed_begins_with_the_full_state(long epoch, long version, string why)
    {
        var store = _network.Store(history: 4);
        for (var mtu = 1500; mtu < 1510; mtu++) store.Publish(_network.Put(LinkMaker.Link("a", mtu)));
        await using var reader = Start(store, new WatchStart(epoch, version, WatchStart.DefaultHeartbeat));
        var first = await reader.NextAsync();
        Assert.True(first.FullState, why);
        Assert.Equal(store.Current.Version, first.Version);
    }

    [Fact]
    public async Task A_reader_that_was_too_slow_for_the_history_gets_the_full_state_again()
    {
        var store = _network.Store(history: 4);
        await using var reader = Start(store);
        await reader.NextAsync();
        store.Publish(_network.Put(LinkMaker.Link("a")));
        await reader.StalledAsync();
        for (var mtu = 1000; mtu < 1010; mtu++) store.Publish(_network.Put(LinkMaker.Link("b", mtu)));
        Assert.False((await reader.NextAsync()).FullState);
        var again = await reader.NextAsync();
        Assert.True(again.FullState);
        Assert.Equal(["a", "b"], again.Changed.Select(l => l.Name).Order());
    }

    [Fact]
    public async Task A_silent_state_is_confirmed_by_heartbeats_and_a_change_postpones_them()
    {
        var store = _network.Store();
        await using var reader = Start(store, new WatchStart(0, 0, TimeSpan.FromSeconds(10)));
        await reader.NextAsync();
        await WatchReader.IdleAsync(_clock);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var beat = await reader.NextAsync();
        Assert.True(beat.Heartbeat);
        Assert.Equal(1, beat.Version);
        await WatchReader.IdleAsync(_clock);

        _clock.Advance(TimeSpan.FromSeconds(6));
        store.Publish(_network.Put(LinkMaker.Link("a")));
        Assert.False((await reader.NextAsync()).Heartbeat);
        var next = reader.NextAsync();
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(next.IsCompleted);
        await WatchReader.IdleAsync(_clock);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await next).Heartbeat);
    }

    [Fact]
    public async Task Only_links_that_were_named_are_told_of()
    {
        _network.Snapshot.Put(LinkMaker.Link("a"));
        _network.Snapshot.Put(LinkMaker.Link("b"));
        var store = _network.Store();
        await using var reader = Start(store, names: ["b", "later"]);
        Assert.Equal(["b"], (await reader.NextAsync()).Changed.Select(l => l.Name));
        store.Publish(_network.Put(LinkMaker.Link("a", 9000)));
        store.Publish(_network.Add(LinkMaker.Route("10.0.0.0/8", null)));
        store.Publish(_network.Put(LinkMaker.Link("later")));
        var change = await reader.NextAsync();
        Assert.Equal(["later"], change.Changed.Select(l => l.Name));
        Assert.False(change.OtherRoutesChanged);
    }

    [Fact]
    public async Task Many_links_come_in_parts_of_which_the_last_says_so()
    {
        for (var i = 0; i < Many; i++) _network.Snapshot.Put(LinkMaker.Link($"link{i}"));
        var store = _network.Store();
        await using var reader = Start(store);
        var parts = new List<WatchLinksResponse>();
        do parts.Add(await reader.NextAsync());
        while (parts[^1].More);
        Assert.True(parts.Count > 1);
        Assert.Equal([true, .. Enumerable.Repeat(false, parts.Count - 1)], parts.Select(p => p.FullState));
        Assert.All(parts, p => Assert.InRange(p.CalculateSize(), 1, 300 << 10));
        Assert.Equal(Many, parts.SelectMany(p => p.Changed).Select(l => l.Name).Distinct().Count());
    }

    [Fact]
    public async Task Routes_that_no_message_would_hold_are_counted()
    {
        const int routes = 100_000;
        _network.Snapshot.Put(LinkMaker.Link("a"));
        _network.Snapshot.Routes = [.. Enumerable.Range(0, routes).SelectMany(static i => new[] { LinkMaker.Route($"2001:db8:{i >> 16:x}:{i & 0xffff:x}::/64", "a"), LinkMaker.Route($"2001:db9:{i >> 16:x}:{i & 0xffff:x}::/64", null) })];
        await using var reader = Start(_network.Store());
        var parts = new List<WatchLinksResponse>();
        do parts.Add(await reader.NextAsync());
        while (parts[^1].More);
        Assert.All(parts, static p => Assert.InRange(p.CalculateSize(), 1, 3 << 20));
        var link = Assert.Single(parts.SelectMany(static p => p.Changed));
        Assert.InRange(link.RoutesLeftOut, 1, routes - 1000);
        Assert.Equal(routes, link.Routes.Count + link.RoutesLeftOut);
        Assert.InRange(parts[^1].OtherRoutesLeftOut, 1, routes - 1000);
        Assert.Equal(routes, parts[^1].OtherRoutes.Count + parts[^1].OtherRoutesLeftOut);
    }

    [Fact]
    public async Task Routes_of_no_single_link_come_with_the_state_and_when_they_change()
    {
        var store = _network.Store();
        store.Publish(_network.Add(LinkMaker.Route("10.0.0.0/8", null)));
        await using var reader = Start(store);
        Assert.Single((await reader.NextAsync()).OtherRoutes);
        store.Publish(_network.Put(LinkMaker.Link("a")));
        Assert.False((await reader.NextAsync()).OtherRoutesChanged);
        store.Publish(_network.Add(LinkMaker.Route("10.1.0.0/16", null)));
        Assert.Equal(2, (await reader.NextAsync()).OtherRoutes.Count);
    }

    [Fact]
    public async Task Watchers_at_the_same_version_are_told_the_same_message()
    {
        var store = _network.Store();
        var view = new LinkView(store);
        await using var one = new WatchReader(view, _clock, default, null);
        await using var other = new WatchReader(view, _clock, default, null);
        await one.NextAsync();
        await other.NextAsync();
        store.Publish(_network.Put(LinkMaker.Link("a")));
        Assert.Same(await one.NextAsync(), await other.NextAsync());
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData(-5L, 1)]
    [InlineData(0L, 1)]
    [InlineData(3L, 3)]
    [InlineData(long.MaxValue, 86400)]
    public void A_heartbeat_has_bounds(long? asked, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), WatchStart.HeartbeatOf(asked is { } s ? new Google.Protobuf.WellKnownTypes.Duration { Seconds = s } : null));

    private WatchReader Start(NodeStateStore store, WatchStart? start = null, string[]? names = null, WatchCounters? counts = null) =>
        new(new LinkView(store, names?.ToHashSet()), _clock, start ?? default, counts?.Of("links"));
}
