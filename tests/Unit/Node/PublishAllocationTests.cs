using System.Text.Json;
using NodeAgent.Network.Model;
using NodeAgent.Node;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Node;

/// <summary>What it allocates to publish one link that changed among thousands, as bench/budgets.json allows; and nothing where nothing changed.</summary>
public sealed class PublishAllocationTests
{
    private const int Others = 4000;
    private const int Rounds = 500;

    private readonly LinkMaker _network = new();

    [Fact]
    public void A_link_that_changed_costs_what_its_budget_allows() => Assert.InRange(Bytes(LinkMaker.Link("link7", 1400), LinkMaker.Link("link7", 1500)), 1, Budget());

    [Fact]
    public void A_link_that_did_not_costs_next_to_nothing() => Assert.InRange(Bytes(LinkMaker.Link("link7"), LinkMaker.Link("link7")), 0, 300);

    private long Bytes(LinkState one, LinkState other)
    {
        for (var i = 0; i < Others; i++) _network.Snapshot.Put(LinkMaker.Link($"link{i}"));
        var store = _network.Store();
        var (there, back) = (_network.Put(one), _network.Put(other));
        return Allocated.By(() => Publish(store, there, back, one, other)) / (2 * Rounds);
    }

    private void Publish(NodeStateStore store, Network.Drift.NetworkChange there, Network.Drift.NetworkChange back, LinkState one, LinkState other)
    {
        for (var i = 0; i < Rounds; i++)
        {
            _network.Snapshot.Put(one);
            store.Publish(there);
            _network.Snapshot.Put(other);
            store.Publish(back);
        }
    }

    private static long Budget()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        return file.RootElement.GetProperty("allocations").GetProperty("publish-link").GetInt64();
    }
}
