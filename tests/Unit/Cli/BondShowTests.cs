using System.Text.Json.Nodes;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Tests.Unit.Health;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class BondShowTests
{
    [Fact]
    public void The_ports_of_a_bond_with_one_partner_missing() => Golden.Check("show-lacp.txt", CliRun.With(Engine(), "net", "show").Out);

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    public void Ports_fit_the_terminal_and_keep_what_tells_of_a_fault(int width)
    {
        var engine = Engine();
        engine.Snapshot.Put(BondMaker.Port("ens1f0np0", static p => p.Elsewhere(BondMaker.OtherSwitch), carrier: false));
        var lines = CliRun.With(engine, new Dictionary<string, string>(), ["net", "show", "--no-color"], terminalWidth: width).Out.Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        var port = Assert.Single(lines, static l => l.StartsWith("  bond0 ", StringComparison.Ordinal) && l.Contains("ens1f0np0", StringComparison.Ordinal));
        Assert.Contains("no carrier", port, StringComparison.Ordinal);
        Assert.Contains("not in sync", port, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bond_in_full_has_the_states_in_words() => Golden.Check("show-lacp-bond.txt", CliRun.With(Engine(), "net", "show", "bond0").Out);

    [Fact]
    public void A_port_in_full() => Golden.Check("show-lacp-port.txt", CliRun.With(Engine(), "net", "show", "enp2s0").Out);

    [Fact]
    public void Json_has_the_promised_names()
    {
        var net = JsonNode.Parse(CliRun.With(Engine(), "net", "show", "-o", "json").Out)!;
        var links = net["links"]!.AsArray().ToDictionary(static l => (string)l!["name"]!);
        Assert.Equal(BondMaker.Switch, (string?)links["bond0"]!["bond"]!["partnerMac"]);
        Assert.Equal(1, (int)links["bond0"]!["bond"]!["aggregator"]!);
        Assert.Equal(("partner missing", "warning"), ((string?)links["bond0"]!["findings"]![0]!["state"], (string?)links["bond0"]!["findings"]![0]!["severity"]));
        var port = links["enp2s0"]!["bondPort"]!;
        Assert.Equal(["activity", "timeout", "aggregation", "defaulted"], port["actor"]!.AsArray().Select(static w => (string?)w));
        Assert.Empty(port["partner"]!.AsArray());
        Assert.Equal(("up", BondMaker.Nobody, 10000, "full"), ((string?)port["monitor"], (string?)port["partnerMac"], (int)port["speedMegabits"]!, (string?)port["duplex"]));
        Assert.Equal("none", (string?)port["actorChurn"]);
        Assert.Null(links["bond0"]!["bondPort"]);
    }

    private static FakeEngine Engine()
    {
        var net = new NetworkSnapshot();
        net.Put(BondMaker.Bond(BondMode.Lacp, new BondStatus { Aggregator = 1, AggregatorPorts = 1, ActorKey = 15, PartnerKey = 15, PartnerMac = BondMaker.Switch }, options: (BondFields.LacpRate, 0)));
        net.Put(BondMaker.Port("enp1s0"));
        net.Put(BondMaker.Port("enp2s0", static p => p.Alone() with { LinkFailures = 1 }));
        return new FakeEngine { Snapshot = net };
    }
}
