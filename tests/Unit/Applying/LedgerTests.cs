using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using Xunit;

namespace NodeAgent.Tests.Unit.Applying;

public sealed class LedgerTests
{
    private static readonly IpCidr s_address = new(System.Net.IPAddress.Parse("10.0.0.1"), 24);

    [Fact]
    public void What_a_plan_makes_is_owned_and_what_it_takes_away_no_longer()
    {
        var made = LedgerItems.AddedBy(PlanOf(
            new CreateLinkStep { Kind = "linux-bridge", Link = "br0", Reason = "", Type = InterfaceType.LinuxBridge, Fields = new FieldSet() },
            new SetControllerStep { Kind = "ethernet", Link = "eth0", Reason = "", Controller = "br0" },
            new AddAddressStep { Kind = "linux-bridge", Link = "br0", Reason = "", Address = s_address },
            new AddRouteStep { Kind = "route", Link = "br0", Reason = "", Route = new RouteState { Destination = s_address, Device = "br0" } })).ToOwnership();
        Assert.True(made.OwnsLink("br0"));
        Assert.True(made.OwnsPort("eth0", "br0"));
        Assert.True(made.OwnsAddress("br0", s_address));
        Assert.True(made.OwnsRoute(new RouteState { Destination = s_address, Device = "br0" }));
        Assert.False(made.OwnsPort("eth0", "br1"));

        var items = new LedgerItems { Links = made.Links, Ports = made.Ports, Addresses = made.Addresses, Routes = made.Routes };
        var gone = items.After(PlanOf(new RemoveLinkStep { Kind = "linux-bridge", Link = "br0", Reason = "" }));
        Assert.Empty(gone.Links);
        Assert.Empty(gone.Ports);
        Assert.Empty(gone.Addresses);
        Assert.Empty(gone.Routes);
    }

    [Fact]
    public void A_port_that_moves_is_owned_where_it_is_now()
    {
        var moved = new LedgerItems { Ports = new HashSet<string> { Ownership.PortKey("eth0", "br0") } }
            .After(PlanOf(new SetControllerStep { Kind = "ethernet", Link = "eth0", Reason = "", Controller = "br1" }));
        Assert.Equal([Ownership.PortKey("eth0", "br1")], moved.Ports);
    }

    [Fact]
    public void A_ledger_is_read_back_as_it_was_written()
    {
        var ledger = new Ledger { Items = new LedgerItems { Links = new HashSet<string> { "br0", "bond0" } } }
            .With("a", new PolicyEntry(DateTimeOffset.UnixEpoch, 3, "d1", "interfaces: []\n"))
            .With("b", new PolicyEntry(DateTimeOffset.UnixEpoch, 1, "d2", ""));
        var read = Ledger.Parse(ledger.Without("b").ToJson());
        Assert.Equal(ledger.Items.Links, read.Items.Links);
        Assert.Equal(ledger.Policies["a"], Assert.Single(read.Policies).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("{\"items\":{\"links\":[1]},\"policies\":{}}")]
    public void What_is_not_a_ledger_is_an_error_and_never_an_empty_memory(string text) => Assert.Throws<FormatException>(() => Ledger.Parse(text));

    private static Plan PlanOf(params PlanStep[] steps) => new() { Steps = steps };
}
