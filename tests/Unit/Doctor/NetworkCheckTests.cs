using NodeAgent.Doctor.Facts;
using NodeAgent.Doctor.Judging;
using NodeAgent.Doctor.Reading;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Health;
using NodeAgent.Verdicts;
using Xunit;
using LinkFinding = NodeAgent.Network.Health.Finding;

namespace NodeAgent.Tests.Unit.Doctor;

public sealed class NetworkCheckTests
{
    [Fact]
    public void Bonds()
    {
        Assert.Equal("absent: there is no bond", Text());
        Assert.Equal("ok: bond0 with 2 ports", Text(new BondFacts("bond0", 2, [])));
        Assert.Equal("ok: bond0 with 2 ports", Text(new BondFacts("bond0", 2, [new LinkFinding("note", Severity.Ok, "could be faster")])));
        Assert.Equal("warn: bond1 has one port", Text(new BondFacts("bond0", 2, []), new BondFacts("bond1", 1, [new LinkFinding("single port", Severity.Warning, "has one port")])));
        Assert.Equal("fail: bond0 is cut off; bond1 has one port", Text(new BondFacts("bond0", 2, [new LinkFinding("cut off", Severity.Critical, "is cut off")]), new BondFacts("bond1", 1, [new LinkFinding("single port", Severity.Warning, "has one port")])));

        static string Text(params BondFacts[] bonds) => Judged.Text(NetworkChecks.All, "network.bonds", new NetworkFacts(bonds, []));
    }

    [Fact]
    public void A_bond_between_two_switches_is_said_to_be_one_though_the_kernels_list_has_aggregators_only()
    {
        using var tree = HostTree.Empty();
        tree.Write("proc/thread-self/net/bonding/bond0", $"""
            Slave Interface: a
            details partner lacp pdu:
                system mac address: {BondMaker.Switch}
            Slave Interface: b
            details partner lacp pdu:
                system mac address: {BondMaker.OtherSwitch}

            """);
        var network = new NetworkSnapshot();
        network.Put(BondMaker.Lacp().Bond);
        network.Put(BondMaker.Port("a", static p => p with { Detail = null }));
        network.Put(BondMaker.Port("b", static p => p.Elsewhere(BondMaker.OtherSwitch) with { Detail = null }));
        var text = Judged.Text(NetworkChecks.All, "network.bonds", NetworkReader.Read(tree.Paths, network));
        Assert.StartsWith($"warn: bond0 sees two different switches: {BondMaker.Switch} on a, {BondMaker.OtherSwitch} on b", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mac_addresses()
    {
        Assert.Equal("ok: no two guests of a bridge have the same", Text());
        Assert.Equal("fail: MAC 02:00:00:00:00:01 is that of tap0 and tap1", Text(Severity.Critical));
        Assert.Equal("warn: MAC 02:00:00:00:00:01 is that of tap0 and tap1", Text(Severity.Warning));

        static string Text(params Severity[] severities) =>
            Judged.Text(NetworkChecks.All, "network.macs", new NetworkFacts([], [.. severities.Select(static s => new MacConflict("02:00:00:00:00:01", "br0", 0, "duplicate", s, ["tap0", "tap1"], "is that of tap0 and tap1"))]));
    }
}
