using System.Text.Json.Nodes;
using NodeAgent.Cli;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class WatchTests
{
    [Fact]
    public void A_line_for_each_change() => Golden.Check("watch.txt", Run().Out);

    [Fact]
    public void Json_lines()
    {
        var lines = Run("-o", "json").Out.TrimEnd('\n').Split('\n').Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal("start", (string?)lines[0]["event"]);
        Assert.Equal(10, (int)lines[0]["links"]!);
        Assert.Equal(["2026-11-20T12:00:00.000Z"], lines.Select(l => (string?)l["time"]).Distinct());
        var mtu = lines.Single(l => (string?)l["field"] == "mtu");
        Assert.Equal(("bond_data", "1500", "9000"), ((string?)mtu["link"], (string?)mtu["from"], (string?)mtu["to"]));
        var gone = lines.First(l => (string?)l["link"] == "br0" && (string?)l["field"] == "link");
        Assert.Equal("linux-bridge", (string?)gone["from"]);
        Assert.Null(gone["to"]);
    }

    private static CliRun Run(params string[] options)
    {
        var net = Layouts.A();
        var second = net.Clone();
        var bond = net.Find("bond_data")!;
        second.Put(new LinkState
        {
            Index = bond.Index,
            Name = bond.Name,
            Type = bond.Type,
            Up = true,
            Carrier = false,
            OperState = "down",
            Fields = bond.Fields.Clone().Set(CommonFields.Mtu, 9000),
        });
        second.Remove("br0");
        var third = second.Clone();
        third.Routes = [];
        third.Put(Layouts.A().Find("br0")!);
        var engine = new FakeEngine
        {
            Changes =
            [
                new NetworkChange(null, net, "start"),
                new NetworkChange(["bond_data", "br0"], second, "event"),
                new NetworkChange(null, third, "overflow: listed again"),
            ],
        };
        var run = CliRun.With(engine, ["net", "watch", .. options]);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        return run;
    }
}
