using NodeAgent.Doctor.Facts;
using NodeAgent.Doctor.Judging;
using NodeAgent.Network.Health;
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
    public void Mac_addresses()
    {
        Assert.Equal("ok: no two guests of a bridge have the same", Text());
        Assert.Equal("fail: MAC 02:00:00:00:00:01 is that of tap0 and tap1", Text(Severity.Critical));
        Assert.Equal("warn: MAC 02:00:00:00:00:01 is that of tap0 and tap1", Text(Severity.Warning));

        static string Text(params Severity[] severities) =>
            Judged.Text(NetworkChecks.All, "network.macs", new NetworkFacts([], [.. severities.Select(static s => new MacConflict("02:00:00:00:00:01", "br0", 0, "duplicate", s, ["tap0", "tap1"], "is that of tap0 and tap1"))]));
    }
}
