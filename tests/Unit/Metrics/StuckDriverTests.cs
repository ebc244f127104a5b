using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>A driver that never answers, played by a FIFO that nobody writes to.</summary>
public sealed class StuckDriverTests
{
    [Fact]
    public void It_costs_its_own_link_only()
    {
        using var node = new NodeFixture();
        node.WriteSys("stuck", ("ifindex", "1"));
        node.WriteSys("well", ("ifindex", "2"), ("speed", "1000"));
        var fifo = Path.Combine(node.Sys, "class/net/stuck/speed");
        Command.Run("mkfifo", fifo);
        var links = new[] { NodeLinks.Link(1, "stuck", 1), NodeLinks.Link(2, "well", 1) };

        node.Sample([.. links]);
        Assert.Contains("nodeagent_link_up{link=\"stuck\"} 1\n", Exposed.Text(node.Registry), StringComparison.Ordinal);
        Assert.Equal(0, node.Attributes.StuckReads);

        node.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1, node.Attributes.StuckReads);
        // The next sample leaves it behind, and goes on with the rest.
        node.Sample([.. links, NodeLinks.Link(3, "later", 1)]);
        SpinWait.SpinUntil(() => Exposed.Text(node.Registry).Contains("nodeagent_link_speed_bytes{link=\"well\"} 125000000\n", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Contains("nodeagent_link_speed_bytes{link=\"well\"} 125000000\n", Exposed.Text(node.Registry), StringComparison.Ordinal);
        Assert.Equal(1, node.Attributes.StuckReads);

        // It comes back after all.
        File.WriteAllText(fifo, "100\n");
        SpinWait.SpinUntil(() => node.Attributes.StuckReads == 0, TimeSpan.FromSeconds(30));
        Assert.Equal(0, node.Attributes.StuckReads);
    }
}
