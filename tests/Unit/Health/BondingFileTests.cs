using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Health;

/// <summary>Over files that tests/fixtures/bonding/capture took from a kernel, and over parts of them.</summary>
public sealed class BondingFileTests
{
    [Fact]
    public void A_port_with_a_partner()
    {
        var ports = Parse("agreed");
        Assert.Equal(["v0", "v1"], ports.Keys.Order());
        Assert.All(ports.Values, static p => Assert.Equal(("12:8b:54:e4:de:64", 15, 10000, "full"), (p.PartnerMac!, p.PartnerKey!.Value, p.Speed!.Value, p.Duplex!)));
        Assert.Equal((1, 2), (ports["v0"].PartnerPort, ports["v1"].PartnerPort));
        Assert.Equal((0, 0), (ports["v0"].ActorChurns, ports["v0"].PartnerChurns));
    }

    [Fact]
    public void A_port_that_heard_nobody_has_a_partner_of_zeros()
    {
        var ports = Parse("one-partner-gone");
        Assert.Equal("12:8b:54:e4:de:64", ports["v0"].PartnerMac);
        Assert.Equal("00:00:00:00:00:00", ports["v1"].PartnerMac);
    }

    [Fact]
    public void Two_switches() => Assert.Equal(["12:8b:54:e4:de:64", "ca:6a:a7:db:66:37"], Parse("split").OrderBy(static p => p.Key).Select(static p => p.Value.PartnerMac!));

    [Fact]
    public void Churn()
    {
        Assert.All(Parse("split").Values, static p => Assert.Equal(ChurnState.Monitoring, p.ActorChurn));
        Assert.All(Parse("churned").Values, static p => Assert.Equal((ChurnState.Churned, ChurnState.Churned, 1), (p.ActorChurn, p.PartnerChurn, p.ActorChurns)));
    }

    [Fact]
    public void Modes_without_LACP_tell_less()
    {
        var ports = Parse("active-backup");
        Assert.Equal(new BondPortDetail(), ports["d0"]);
        Assert.Equal(2, ports.Count);
        Assert.Empty(Parse("empty"));
    }

    [Fact]
    public void Without_the_right_to_see_the_partner_the_rest_is_there()
    {
        var text = Text("agreed");
        var lines = text.Split('\n').Where(static l => !l.StartsWith(' ') && !l.StartsWith("details", StringComparison.Ordinal));
        var port = BondingFile.Parse(string.Join('\n', lines))["v1"];
        Assert.Equal((null, null, 10000L), (port.PartnerMac, port.PartnerKey, port.Speed));
        Assert.Equal(ChurnState.Monitoring, port.ActorChurn);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0")]
    [InlineData("Slave Interface:")]
    [InlineData("Speed: 10 Mbps\nSlave Interface: \nSpeed: 99999999999999999999 Mbps")]
    public void Garbage_is_no_port(string text) => Assert.Empty(BondingFile.Parse(text));

    [Fact]
    public void Values_that_make_no_sense_are_unknown()
    {
        var port = BondingFile.Parse("Slave Interface: a\nSpeed: -1 Mbps\nDuplex: Unknown!\nActor Churn State: later\nActor Churned Count: many\ndetails partner lacp pdu:\n system mac address: 12:34\n oper key:\n")["a"];
        Assert.Equal(new BondPortDetail(), port);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_read_as_far_as_it_goes()
    {
        var text = Text("agreed");
        for (var length = 0; length < text.Length; length++) BondingFile.Parse(text.AsSpan(0, length));
    }

    private static string Text(string state) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "bonding", state + ".txt"));

    private static IReadOnlyDictionary<string, BondPortDetail> Parse(string state) => BondingFile.Parse(Text(state));
}
