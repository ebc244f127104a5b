using NodeAgent.Native.Rtnl;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>From one sample to the next.</summary>
public sealed class LinkSampleTests : IDisposable
{
    private readonly NodeFixture _node = new();

    [Fact]
    public void A_link_that_went_leaves_nothing_and_a_renamed_one_changes_its_label()
    {
        _node.Sample([NodeLinks.Link(1, "a", 1), NodeLinks.Link(2, "b", 1)]);
        Assert.Equal(["a", "b"], Labels());
        _node.Sample([NodeLinks.Link(2, "c", 1)]);
        Assert.Equal(["c"], Labels());
    }

    [Fact]
    public void Names_that_swap_between_links_stay_apart()
    {
        _node.Sample([NodeLinks.Link(1, "a", 1), NodeLinks.Link(2, "b", 1)]);
        _node.Sample([NodeLinks.Link(1, "b", 1), NodeLinks.Link(2, "a", 1)]);
        Assert.Equal(["b", "a"], Labels());
    }

    [Fact]
    public void Two_names_that_look_the_same_are_told_apart()
    {
        _node.Sample([NodeLinks.Link(1, "\uFFFD", 1), NodeLinks.Link(2, "\uFFFD", 1)]);
        Assert.Equal(["\uFFFD", "\uFFFD#2"], Labels());
    }

    [Fact]
    public void Sysfs_is_read_again_when_the_link_changes_and_only_then()
    {
        _node.WriteSys("a", ("ifindex", "1"), ("speed", "1000"), ("duplex", "full"));
        _node.Sample([NodeLinks.Link(1, "a", 1)]);
        Assert.Equal(125_000_000, Speed());
        _node.WriteSys("a", ("speed", "10000"));
        _node.Sample([NodeLinks.Link(1, "a", 1)]);
        Assert.Equal(125_000_000, Speed());
        _node.Sample([NodeLinks.Link(1, "a", 1, link => link.CarrierChanges = 5)]);
        Assert.Equal(1_250_000_000, Speed());
    }

    [Fact]
    public void A_bonds_speed_is_read_again_when_a_port_changes()
    {
        _node.WriteSys("a", ("ifindex", "1"), ("speed", "1000"));
        _node.Sample([NodeLinks.Link(1, "a", 1), NodeLinks.Link(2, "port", 1, link => link.Master = 1)]);
        _node.WriteSys("a", ("speed", "2000"));
        _node.Sample([NodeLinks.Link(1, "a", 1), NodeLinks.Link(2, "port", 1, link => (link.Master, link.CarrierChanges) = (1, 9))]);
        Assert.Equal(250_000_000, Speed());
    }

    [Fact]
    public void A_scrape_keeps_its_sample_while_others_are_made()
    {
        _node.Sample([NodeLinks.Link(1, "a", 1)]);
        var source = _node.Registry.Sources.Single(s => s.Families.Any(f => f.Name == "nodeagent_link_up"));
        using var held = source.Take();
        var count = held.Count(0);
        for (var i = 0; i < 4; i++) _node.Sample([NodeLinks.Link(1, "a", 1), NodeLinks.Link(2, "b", 1), NodeLinks.Link(3, "c", 1)]);
        Assert.Equal((1, 1), (count, held.Count(0)));
        using var fresh = source.Take();
        Assert.Equal(3, fresh.Count(0));
    }

    [Fact]
    public void Flags_are_those_of_sysfs()
    {
        _node.Sample([NodeLinks.Link(1, "a", 1, link => (link.Promiscuity, link.Flags) = (2, link.Flags | LinkFlags.Dormant))]);
        Assert.Equal((double)(uint)(LinkFlags.Up | LinkFlags.Broadcast | LinkFlags.Multicast | LinkFlags.Promiscuous), Value("nodeagent_link_flags"));
    }

    public void Dispose() => _node.Dispose();

    private IEnumerable<string> Labels() => Samples().Where(s => s.Name == "nodeagent_link_up").Select(s => s.Labels["link"]);

    private double Speed() => Value("nodeagent_link_speed_bytes");

    private double Value(string name) => Samples().First(s => s.Name == name).Value;

    private IReadOnlyList<ParsedSample> Samples() => ExpositionParser.Parse(Exposed.Text(_node.Registry), openMetrics: false);
}
