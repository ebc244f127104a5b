using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Verdicts;
using Xunit;
using static NodeAgent.Tests.Unit.Health.BondMaker;

namespace NodeAgent.Tests.Unit.Health;

public sealed class BondJudgeTests
{
    private static readonly Dictionary<string, (BondCase Bond, Severity Severity, string State, string Sentence)> s_cases = new()
    {
        ["no ports"] = (
            Lacp() with { IsWanted = true }, Severity.Warning, "no ports",
            "has no ports: nothing is sent or received over it; name its ports in a policy"),
        ["down"] = (
            Of(BondMode.ActiveBackup, Port("a"), Port("b")) with { Bond = Bond(BondMode.ActiveBackup, new(), up: false) }, Severity.Warning, "down",
            "is down (administratively)"),
        ["cut off"] = (
            Lacp(Port("a", carrier: false), Port("b", up: false)), Severity.Critical, "cut off",
            "is cut off: a has no carrier, b is down; check the cables and the switch"),
        ["one port down"] = (
            Lacp(Port("a"), Port("b", carrier: false)), Severity.Warning, "port down",
            "has 1 of 2 ports carrying traffic: b has no carrier; check its cable and switch port"),
        ["two of three down"] = (
            Lacp(Port("a"), Port("b", carrier: false), Port("c", up: false)), Severity.Warning, "port down",
            "has 1 of 3 ports carrying traffic: b has no carrier, c is down; check their cables and switch ports"),
        ["ARP target silent"] = (
            Of(BondMode.ActiveBackup, Port("a"), Port("b", static p => p with { Monitor = LinkMonitorState.Down })), Severity.Warning, "port down",
            "has 1 of 2 ports carrying traffic: b does not answer the bond's monitoring; check its cable and switch port"),
        ["up delay"] = (
            Of(BondMode.ActiveBackup, Port("a"), Port("b", static p => p with { Monitor = LinkMonitorState.ComingBack })), Severity.Warning, "port down",
            "has 1 of 2 ports carrying traffic: b waits for the up delay; check its cable and switch port"),
        ["min_links not reached"] = (
            Lacp(Port("a"), Port("b", static p => p.Alone())) with { Bond = Bond(BondMode.Lacp, new BondStatus { Aggregator = 1, AggregatorPorts = 1 }, carrier: false, options: (BondFields.MinLinks, 2)) },
            Severity.Critical, "min links",
            "has no carrier: 1 of its ports carry traffic together and min_links wants 2; bring the others back or lower min_links"),
        ["min_links above the number of ports"] = (
            Lacp(Port("a"), Port("b")) with { Bond = Bond(BondMode.Lacp, new BondStatus { Aggregator = 1, AggregatorPorts = 2 }, carrier: false, options: (BondFields.MinLinks, 3)) },
            Severity.Critical, "min links",
            "can have no carrier: min_links wants 3 ports and it has 2; lower min_links or add ports"),
        ["no carrier for no known reason"] = (
            Of(BondMode.ActiveBackup, Port("a"), Port("b")) with { Bond = Bond(BondMode.ActiveBackup, new(), carrier: false) }, Severity.Critical, "no carrier",
            "has no carrier, although its ports have: it waits for its partner (LACP) or for min_links"),
        ["no partner at all"] = (
            Lacp(Port("a", static p => p.Alone() with { Active = true }), Port("b", static p => p.Alone())), Severity.Critical, "no partner",
            "has no LACP partner on any port: a carries everything, unaggregated; check that the switch ports are in an LACP group"),
        ["one partner missing"] = (
            Lacp(Port("a"), Port("b", static p => p.Alone())), Severity.Warning, "partner missing",
            "has no LACP partner on b, which carries no traffic; check that the switch has this port in one LACP group with a"),
        ["partner missing, by netlink alone"] = (
            Lacp(Port("a", static p => p with { Detail = null }), Port("b", static p => p with { Actor = Defaulted, Partner = LacpState.None, Aggregator = 2, Detail = null })), Severity.Warning, "partner missing",
            "has no LACP partner on b, which carries no traffic; check that the switch has this port in one LACP group with a"),
        ["expired"] = (
            Lacp(Port("a"), Port("b", static p => p with { Actor = (LacpState)0x87, Partner = (LacpState)3 })), Severity.Warning, "expired",
            "no longer hears its LACP partner on b (expired); check the switch port and that LACP runs there"),
        ["two switches"] = (
            Lacp(Port("a"), Port("b", static p => p.Elsewhere(OtherSwitch))), Severity.Warning, "split",
            "sees two different switches: 12:8b:54:e4:de:64 on a, ca:6a:a7:db:66:37 on b; only a carries traffic: cable all ports to one switch, or make them one LACP system (MLAG, vPC)"),
        ["two switches, two ports each, the second pair in use"] = (
            Lacp(Port("a", static p => p.Elsewhere(OtherSwitch)), Port("b", static p => p.Elsewhere(OtherSwitch)), Port("c"), Port("d")), Severity.Warning, "split",
            "sees two different switches: 12:8b:54:e4:de:64 on c, d, ca:6a:a7:db:66:37 on a, b; only c, d carry traffic: cable all ports to one switch, or make them one LACP system (MLAG, vPC)"),
        ["three switches"] = (
            Lacp(Port("a"), Port("b", static p => p.Elsewhere(OtherSwitch)), Port("c", static p => p.Elsewhere("02:00:00:00:00:03", 3))), Severity.Warning, "split",
            "sees 3 different switches: 12:8b:54:e4:de:64 on a, ca:6a:a7:db:66:37 on b, 02:00:00:00:00:03 on c; only a carries traffic: cable all ports to one switch, or make them one LACP system (MLAG, vPC)"),
        ["two groups of one switch"] = (
            Lacp(Port("a"), Port("b", static p => p.Elsewhere(Switch).Detail(static d => d with { PartnerKey = 17 }))), Severity.Warning, "split",
            "is in different LACP groups of its switch: key 15 on a, 17 on b; only a carries traffic: put the switch ports into one group"),
        ["split for no known reason"] = (
            Lacp(Port("a", static p => p with { Detail = null }), Port("b", static p => p.Elsewhere(Switch) with { Detail = null })), Severity.Warning, "split",
            "is split over 2 aggregators: 1 on a, 2 on b; only a carries traffic: check that the switch ports are in one LACP group"),
        ["LACP ports of two speeds"] = (
            Lacp(Port("a"), Port("b", static p => p.Elsewhere(Switch).Detail(static d => d with { Speed = 1000 }))), Severity.Warning, "mixed speeds",
            "mixes speeds: 10 Gbit/s on a, 1 Gbit/s on b; LACP aggregates ports of one speed, only a carries traffic: give all ports one speed"),
        ["partner not in sync"] = (
            Lacp(Port("a"), Port("b", static p => (p with { Partner = (LacpState)0x07 }).Detail(static d => d with { PartnerChurn = ChurnState.Churned }))), Severity.Warning, "not in sync",
            "is not in sync on b: its partner is not in sync, for more than a minute (churned); check the LACP group at the switch: its members, their speed and their VLANs"),
        ["partner does not aggregate"] = (
            Lacp(Port("a"), Port("b", static p => p with { Partner = (LacpState)0x3b })), Severity.Warning, "not in sync",
            "is not in sync on b: its partner is individual; check the LACP group at the switch: its members, their speed and their VLANs"),
        ["this end not in sync"] = (
            Lacp(Port("a"), Port("b", static p => p with { Actor = (LacpState)0x07 })), Severity.Warning, "not in sync",
            "is not in sync on b: this end is not in sync; check its speed and duplex, and what the kernel's log says of it"),
        ["mixed speeds that share traffic"] = (
            Of(BondMode.BalanceXor, Port("a"), Port("b", static p => p.Detail(static d => d with { Speed = 2500 }))), Severity.Warning, "mixed speeds",
            "mixes speeds: a 10 Gbit/s, b 2.5 Gbit/s; traffic is spread without regard to speed, so the slowest port drops first: give all ports one speed"),
        ["half duplex"] = (
            Of(BondMode.ActiveBackup, Port("a"), Port("b", static p => p.Detail(static d => d with { Duplex = "half" }))), Severity.Warning, "half duplex",
            "runs b at half duplex; check autonegotiation at both ends of the cable"),
        ["not monitored"] = (
            Of(BondMode.ActiveBackup, Port("a"), Port("b")) with { Bond = Bond(BondMode.ActiveBackup, new(), options: (BondFields.Miimon, 0)) }, Severity.Warning, "not monitored",
            "watches no port (miimon and arp_interval are 0): a dead port keeps its share of the traffic; set miimon: 100"),
        ["active-backup without a backup"] = (
            Of(BondMode.ActiveBackup, Port("a")), Severity.Warning, "single port",
            "has one port, a: nothing takes over when it fails; add a second one"),
        ["flapping"] = (
            Lacp(Port("a"), Port("b", static p => p.Detail(static d => d with { RecentFailures = 4 }))), Severity.Warning, "flapping",
            "flaps: b failed 4 times within ten minutes; check its cable, transceiver and switch port"),
        ["note: slow LACP"] = (
            Lacp(Port("a"), Port("b")) with { Bond = Bond(BondMode.Lacp, new BondStatus { Aggregator = 1, AggregatorPorts = 2 }, options: (BondFields.LacpRate, 0)) }, Severity.Ok, "note",
            "notices a silent partner after 90 s (lacp_rate: slow); fast takes 3 s"),
        ["note: a slower backup"] = (
            Of(BondMode.ActiveBackup, Port("a"), Port("b", static p => p.Detail(static d => d with { Speed = 1000 }))), Severity.Ok, "note",
            "mixes speeds: a 10 Gbit/s, b 1 Gbit/s; a failover changes what guests get"),
        ["note: one MAC address, hashed by MAC address"] = (
            Of(BondMode.BalanceXor, Port("a"), Port("b")) with { Bond = Bond(BondMode.BalanceXor, new(), options: (BondFields.XmitHashPolicy, 0)) }, Severity.Ok, "note",
            "sends all traffic to one gateway over one port (xmit_hash_policy: layer2); layer2+3 or layer3+4 spread it by address"),
        ["note: one MAC address, hashed by VLAN and MAC address"] = (
            Of(BondMode.BalanceXor, Port("a"), Port("b")) with { Bond = Bond(BondMode.BalanceXor, new(), options: (BondFields.XmitHashPolicy, 5)) }, Severity.Ok, "note",
            "sends all traffic to one gateway over one port (xmit_hash_policy: vlan+srcmac); layer2+3 or layer3+4 spread it by address"),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_worst_is_said_first_with_what_to_check(string name)
    {
        var (bond, severity, state, sentence) = s_cases[name];
        var first = BondJudge.Judge(bond)[0];
        Assert.Equal((severity, state), (first.Severity, first.State));
        Assert.Equal(sentence, first.Sentence);
    }

    public static TheoryData<string> Fine => [.. s_fine.Keys];

    private static readonly Dictionary<string, BondCase> s_fine = new()
    {
        ["LACP as it should be"] = Lacp(Port("a"), Port("b")),
        ["active-backup"] = Of(BondMode.ActiveBackup, Port("a"), Port("b", static p => p with { Active = false })),
        ["an unused bond"] = new BondCase { Bond = Bond(BondMode.Lacp, new(), carrier: false, up: false), Ports = [] },
        ["down as a policy wants it"] = Of(BondMode.Lacp, Port("a")) with { Bond = Bond(BondMode.Lacp, new(), up: false), MayBeDown = true },
        ["watched by ARP"] = Of(BondMode.ActiveBackup, Port("a"), Port("b")) with { Bond = Bond(BondMode.ActiveBackup, new(), options: [(BondFields.Miimon, 0), (BondFields.ArpInterval, 200)]) },
        ["guests hashed by MAC address"] = Of(BondMode.BalanceXor, Port("a"), Port("b")) with { Bond = Bond(BondMode.BalanceXor, new(), options: (BondFields.XmitHashPolicy, 0)), IsBridged = true },
        ["speeds not known"] = Lacp(Port("a", static p => p.Detail(static d => d with { Speed = null, Duplex = null })), Port("b")),
        ["nothing known but carrier"] = new BondCase { Bond = new LinkState { Name = "bond0", Type = InterfaceType.Bond, Up = true, Carrier = true }, Ports = [new() { Name = "a", Type = InterfaceType.Ethernet, Up = true, Carrier = true }, new() { Name = "b", Type = InterfaceType.Ethernet, Up = true, Carrier = true }] },
        ["two failures in ten minutes"] = Lacp(Port("a"), Port("b", static p => p.Detail(static d => d with { RecentFailures = 2 }))),
    };

    [Theory]
    [MemberData(nameof(Fine))]
    public void Nothing_is_said_where_nothing_is_wrong(string name) => Assert.Empty(BondJudge.Judge(s_fine[name]));

    [Fact]
    public void Everything_that_is_wrong_is_said()
    {
        var bond = Lacp(Port("a", carrier: false), Port("b", static p => p.Alone()), Port("c", static p => p.Detail(static d => d with { RecentFailures = 9 })));
        Assert.Equal(["port down", "partner missing", "flapping"], BondJudge.Judge(bond).Select(static f => f.State));
    }

    [Fact]
    public void No_sentence_ends_with_a_full_stop_and_each_says_what_next()
    {
        foreach (var (bond, _, _, _) in s_cases.Values)
        {
            foreach (var finding in BondJudge.Judge(bond)) Assert.DoesNotMatch(@"\.$|^[A-Z]|  ", finding.Sentence);
        }
    }
}
