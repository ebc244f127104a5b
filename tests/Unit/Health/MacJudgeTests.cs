using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.View;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Health;

public sealed class MacJudgeTests
{
    private const int Bridge = 1, Bond = 2, OtherBridge = 3, Nic = 4, Tap1 = 10, Tap2 = 11, Elsewhere = 12, Gone = 99;
    private static readonly MacKey s_key = new(Bridge, 0, 0x020000000001);

    public static TheoryData<string, int[], int, int, int, string?, string?> Cases => new()
    {
        { "a guest that migrated away", [Bond, Tap1], 1, 0, 0, null, null },
        { "one that bounced once, as a failed migration does", [Bond, Tap1], 2, 1, 0, null, null },
        { "a guest's address comes in over the uplink again and again", [Bond, Tap1], 4, 2, 0, "elsewhere", "is a guest's on tap1 of br0 and comes in over bond0 too (came back 2 times within ten minutes): another machine has it, or its frames come back in a loop; find the other owner at the switch" },
        { "the same, many times a minute", [Bond, Tap1], 6, 5, 0, "flapping", "is a guest's on tap1 of br0 and comes in over bond0 too (6 times within a minute): another machine has it, or its frames come back in a loop; find the other owner at the switch" },
        { "two guests, now and then", [Tap1, Tap2], 3, 2, 0, "duplicate", "moves between the guests' ports tap1 and tap2 of br0 (came back 2 times within ten minutes): two guests have it; give one another address (nodeagent net mac)" },
        { "two guests, all the time, in a VLAN", [Tap1, Tap2], 16, 15, 30, "flapping", "moves between the guests' ports tap1 and tap2 of br0 VLAN 30 (16 times or more within a minute): two guests have it; give one another address (nodeagent net mac)" },
        { "hosts outside, over one uplink and the other", [Bond, Nic], 4, 3, 0, null, null },
        { "a loop over two uplinks", [Bond, Nic], 8, 7, 0, "flapping", "moves between the uplinks bond0 and enp9s0 of br0 (8 times within a minute): frames go round in a loop behind them; take one uplink off or turn spanning tree on" },
        { "the tap has gone", [Bond, Gone], 16, 15, 0, null, null },
        { "the tap is of another bridge by now", [Bond, Elsewhere], 16, 15, 0, null, null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Only_what_comes_back_has_two_owners(string name, int[] ports, int lastMinute, int returns, int vlan, string? state, string? sentence)
    {
        var conflicts = MacJudge.Moving([new MacMoves(s_key with { Vlan = vlan }, ports, lastMinute, returns)], View());
        Assert.True(conflicts.Count == (state is null ? 0 : 1), name);
        if (state is null) return;
        Assert.Equal(("02:00:00:00:00:01", "br0", vlan, state, sentence), (conflicts[0].Mac, conflicts[0].Bridge, conflicts[0].Vlan, conflicts[0].State, conflicts[0].Sentence));
        Assert.Equal(state == "flapping" ? Severity.Critical : Severity.Warning, conflicts[0].Severity);
    }

    [Fact]
    public void An_address_that_routers_hand_over_may_come_back()
    {
        Assert.Empty(MacJudge.Moving([new MacMoves(s_key with { Mac = 0x00005e000107 }, [Bond, Tap1], 3, 2)], View()));
        Assert.Single(MacJudge.Moving([new MacMoves(s_key with { Mac = 0x00005e000107 }, [Bond, Tap1], 6, 5)], View()));
    }

    [Fact]
    public void Ports_of_guests_with_one_address_are_named()
    {
        var conflict = Assert.Single(MacJudge.OfPorts(View("fe:54:00:00:00:01")));
        Assert.Equal(("fe:54:00:00:00:01", "duplicate"), (conflict.Mac, conflict.State));
        Assert.Equal("is that of the ports tap1 and tap2 of br0: the guests behind them have the same one but for its first byte (fe); give all but one another address (nodeagent net mac)", conflict.Sentence);
        Assert.Empty(MacJudge.OfPorts(View()));
    }

    [Fact]
    public void An_address_is_one_verdict_the_worst()
    {
        var mac = "02:00:00:00:00:01";
        MacConflict[] macs = [new(mac, "br0", 0, MacWords.Elsewhere, Severity.Warning, ["tap1", "bond0"], "a"), new(mac, "br0", 30, MacWords.Flapping, Severity.Critical, ["tap1", "tap2"], "b")];
        var view = View(macs: macs);
        Assert.Equal(new Verdict("mac", mac, "flapping", Severity.Critical, $"{mac} b"), Assert.Single(LinkHealth.Macs(view)));
        Assert.Contains(view.Problems, static p => p is { Link: null, Mac: "02:00:00:00:00:01", Message: "a" });
    }

    private static NetworkView View(string? own = null, IReadOnlyList<MacConflict>? macs = null)
    {
        var net = new NetworkSnapshot();
        Put("br0", Bridge, InterfaceType.LinuxBridge);
        Put("br1", OtherBridge, InterfaceType.LinuxBridge);
        Put("bond0", Bond, InterfaceType.Bond, "br0", own);
        Put("enp9s0", Nic, InterfaceType.Ethernet, "br0", own);
        Put("tap1", Tap1, InterfaceType.Tun, "br0", own);
        Put("tap2", Tap2, InterfaceType.Tun, "br0", own);
        Put("tap3", Elsewhere, InterfaceType.Tun, "br1", own);
        return new NetworkView(net, [], null, macs);

        void Put(string name, int index, InterfaceType type, string? controller = null, string? mac = null)
        {
            var fields = new FieldSet();
            if (mac is not null) fields.Set(CommonFields.MacAddress, mac);
            net.Put(new LinkState { Name = name, Index = index, Type = type, Controller = controller, Up = true, Carrier = true, Fields = fields });
        }
    }
}
