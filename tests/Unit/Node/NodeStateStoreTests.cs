using NodeAgent.Network.Drift;
using NodeAgent.Node;
using Xunit;

namespace NodeAgent.Tests.Unit.Node;

public sealed class NodeStateStoreTests
{
    private readonly LinkMaker _network = new();

    [Fact]
    public void Nothing_is_known_before_the_first_listing()
    {
        var store = new NodeStateStore(7);
        Assert.False(store.Current.IsListed);
        store.Publish(_network.Everything());
        Assert.True(store.Current.IsListed);
        Assert.Null(store.ChangedSince(0, [], out _));
        Assert.NotNull(store.ChangedSince(1, [], out _));
    }

    [Fact]
    public void What_changed_is_known_by_version_with_the_state_that_goes_with_it()
    {
        var store = _network.Store();
        var start = store.Current.Version;
        store.Publish(_network.Put(LinkMaker.Link("a"), LinkMaker.Link("b")));
        store.Publish(_network.Put(LinkMaker.Link("c")));
        store.Publish(_network.Remove("b"));
        Assert.Equal(["a", "b", "c"], Changed(store, start, out var all).Order());
        Assert.Equal(3, all);
        Assert.Equal(["b"], Changed(store, start + 2, out var last));
        Assert.Equal(1, last);
        Assert.Empty(Changed(store, start + 3, out _));
        Assert.Equal(["a", "c"], store.Current.Links.Keys.Order());
        Assert.Equal(start + 1, store.Current.Links["a"].Version);
    }

    [Fact]
    public void An_event_that_changes_nothing_is_not_published()
    {
        var store = _network.Store();
        store.Publish(_network.Put(LinkMaker.Link("a")));
        var version = store.Current.Version;
        store.Publish(_network.Put(LinkMaker.Link("a")));
        store.Publish(_network.Everything());
        Assert.Equal(version, store.Current.Version);
        store.Publish(_network.Put(LinkMaker.Link("a", 9000)));
        Assert.Equal(version + 1, store.Current.Version);
    }

    [Fact]
    public void A_listing_after_lost_events_tells_of_what_differs_alone()
    {
        var store = _network.Store();
        store.Publish(_network.Put(LinkMaker.Link("a"), LinkMaker.Link("b"), LinkMaker.Link("c")));
        var version = store.Current.Version;
        _network.Snapshot.Remove("b");
        _network.Snapshot.Put(LinkMaker.Link("c", 9000));
        store.Publish(_network.Everything());
        Assert.Equal(["b", "c"], Changed(store, version, out _).Order());
        Assert.DoesNotContain("b", store.Current.Links.Keys);
    }

    [Fact]
    public void A_route_belongs_to_its_link_and_one_of_no_link_to_none()
    {
        var store = _network.Store();
        store.Publish(_network.Put(LinkMaker.Link("a")));
        var version = store.Current.Version;
        store.Publish(_network.Add(LinkMaker.Route("10.0.0.0/8", "a")));
        Assert.Equal(["a"], Changed(store, version, out _));
        Assert.Single(store.Current.Links["a"].Routes);
        Assert.Equal(0, store.Current.OtherRoutesVersion);
        store.Publish(_network.Add(LinkMaker.Route("10.1.0.0/16", null)));
        Assert.Single(store.Current.OtherRoutes);
        Assert.Equal(store.Current.Version, store.Current.OtherRoutesVersion);
        Assert.Empty(Changed(store, version + 1, out var publications));
        Assert.Equal(1, publications);
    }

    [Fact]
    public void What_is_older_than_the_history_is_said_not_to_be_known()
    {
        var store = _network.Store(history: 4);
        var start = store.Current.Version;
        for (var i = 0; i < 5; i++) store.Publish(_network.Put(LinkMaker.Link("a", 1500 + i)));
        Assert.Null(store.ChangedSince(start, [], out _));
        Assert.NotNull(store.ChangedSince(start + 1, [], out var publications));
        Assert.Equal(4, publications);
        Assert.Null(store.ChangedSince(store.Current.Version + 1, [], out _));
    }

    [Fact]
    public void A_version_of_which_a_part_is_forgotten_is_not_known()
    {
        var store = _network.Store(history: 3);
        var start = store.Current.Version;
        store.Publish(_network.Put(LinkMaker.Link("a"), LinkMaker.Link("b")));
        store.Publish(_network.Put(LinkMaker.Link("c"), LinkMaker.Link("d")));
        Assert.Null(store.ChangedSince(start, [], out _));
        Assert.Equal(["c", "d"], Changed(store, start + 1, out _).Order());
    }

    [Fact]
    public void Policies_and_transactions_have_versions_too_and_wake_watchers()
    {
        var store = _network.Store();
        var watcher = new Pulse();
        store.Subscribe(watcher);
        var wait = watcher.WaitAsync();
        var before = store.Current;
        store.Publish([new PolicyStatus { Name = "p", File = "p.yaml", State = "in force" }]);
        Assert.True(wait.IsCompleted);
        Assert.Equal(before.Version + 1, store.Current.Version);
        Assert.Equal(before.LinksVersion, store.Current.LinksVersion);
        var once = new TransactionSummary("1", "apply", "p", default, Network.Applying.TransactionState.Open, "");
        store.Publish([once], null);
        store.Publish([once with { }], null);
        Assert.Equal(before.Version + 2, store.Current.Version);
    }

    [Fact]
    public void A_published_state_is_not_touched_by_what_comes_after()
    {
        var store = _network.Store();
        store.Publish(_network.Put(LinkMaker.Link("a")));
        store.Publish(_network.Add(LinkMaker.Route("10.0.0.0/8", "a")));
        var held = store.Current;
        store.Publish(_network.Add(LinkMaker.Route("10.1.0.0/16", "a")));
        store.Publish(_network.Remove("a"));
        Assert.Single(held.Links["a"].Routes);
    }

    private static HashSet<string> Changed(NodeStateStore store, long since, out int publications)
    {
        var names = new HashSet<string>();
        Assert.NotNull(store.ChangedSince(since, names, out publications));
        return names;
    }
}
