using Google.Protobuf;
using NodeAgent.Api.Mapping;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Tests.Unit.Cli;
using NodeAgent.Verdicts;
using Xunit;
using V1 = NodeAgent.Api.V1;

namespace NodeAgent.Tests.Unit.Api;

public sealed class LinkMappingTests
{
    private static readonly MacConflict[] s_conflicts =
    [
        new("02:00:00:00:00:01", "br0", 0, MacWords.Elsewhere, Severity.Warning, ["tap1", "bond_data"], "is a guest's"),
        new("02:00:00:00:00:02", "br0", 30, MacWords.Flapping, Severity.Critical, ["tap1", "tap2"], "moves"),
    ];

    public static TheoryData<InterfaceType> Types => [.. Enum.GetValues<InterfaceType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_field_of_every_kind_comes_back(InterfaceType type)
    {
        foreach (var field in LinkSchema.Common.Concat(LinkSchema.Own(type)))
        {
            foreach (var value in WireValues.Of(field)) ComesBack(new LinkState { Name = "x", Index = 7, Type = type, Fields = new FieldSet().Set(field, value) });
        }

        foreach (var field in BridgeFields.Port)
        {
            foreach (var value in WireValues.Of(field)) ComesBack(new LinkState { Name = "x", Type = type, PortOptions = new FieldSet().Set(field, value) });
        }
    }

    [Fact]
    public void What_is_not_there_stays_apart_from_what_is_empty()
    {
        ComesBack(new LinkState { Name = "x", Type = InterfaceType.Other, Kind = "wireguard", Vlans = null });
        ComesBack(new LinkState { Name = "x", Type = InterfaceType.LinuxBridge, Vlans = VlanTable.Empty });
        ComesBack(new LinkState
        {
            Name = "x",
            Type = InterfaceType.Tun,
            Up = true,
            Carrier = true,
            OperState = "lower-layer-down",
            Controller = "br0",
            LowerElsewhere = true,
            PermanentMac = "02:00:00:00:00:01",
            Vlans = VlanTable.Of([new VlanRange(1, 1, true, true), new VlanRange(21, 100), new VlanRange(200, 300, false, true)]),
            Addresses = [Address("10.0.0.1/24", false, false), Address("fe80::1/64", false, true), Address("2001:db8::1/128", true, false)],
        });
    }

    [Fact]
    public void What_bonds_do_comes_back()
    {
        ComesBack(new LinkState { Name = "x", Type = InterfaceType.Bond, Bond = new BondStatus() });
        ComesBack(new LinkState { Name = "x", Type = InterfaceType.Bond, Bond = new BondStatus { ActivePort = "a", Aggregator = 1, AggregatorPorts = 2, ActorKey = 15, PartnerKey = 0, PartnerMac = "00:00:00:00:00:00" } });
        foreach (var monitor in Enum.GetValues<LinkMonitorState>()) ComesBack(Port(new BondPortStatus { Monitor = monitor, Active = true, LinkFailures = 7 }));
        for (var bits = 0; bits < 256; bits++) ComesBack(Port(new BondPortStatus { Aggregator = 0, Actor = (LacpState)bits, Partner = (LacpState)(255 - bits) }));
        foreach (var churn in Enum.GetValues<ChurnState>()) ComesBack(Port(new BondPortStatus { Detail = new BondPortDetail { ActorChurn = churn, PartnerChurn = churn } }));
        ComesBack(Port(new BondPortStatus
        {
            Detail = new BondPortDetail { PartnerMac = "12:8b:54:e4:de:64", PartnerKey = 0, PartnerPort = 3, ActorChurns = 0, PartnerChurns = 2, Speed = 400_000, Duplex = "full", RecentFailures = 0 },
        }));
    }

    [Fact]
    public void No_two_fields_have_the_same_path()
    {
        var paths = LinkSchema.Common.Concat(Enum.GetValues<InterfaceType>().SelectMany(LinkSchema.Own)).Concat(BridgeFields.Port).Select(static f => f.Path).ToList();
        Assert.Equal(paths.Distinct().Count(), paths.Count);
    }

    [Fact]
    public void A_whole_layout_comes_back_with_its_routes_in_order()
    {
        var net = Layouts.A(taps: 3);
        var wire = StateMapping.ToWire(new NodeAgent.Network.NetworkState(net, [Layouts.Policy("layout-a", "br0", "bond_data")], null) { Macs = s_conflicts });
        var back = StateMapping.FromWire(V1.GetNetworkStateResponse.Parser.ParseFrom(wire.ToByteArray()));
        Assert.Equal(net.Links.Keys, back.Snapshot.Links.Keys);
        foreach (var link in net.Links.Values) Assert.Equal(WireValues.Text(link), WireValues.Text(back.Snapshot.Find(link.Name)!));
        Assert.Equal(net.Routes, back.Snapshot.Routes);
        Assert.Equal(s_conflicts, back.Macs);
        Assert.Equal("layout-a", Assert.Single(back.Policies).Name);
        Assert.Equal(["br0", "bond_data"], back.Policies[0].Links);
    }

    [Fact]
    public void A_field_or_type_of_a_newer_agent_is_left_out()
    {
        var wire = new V1.Link { Name = "x", Type = "gretap" };
        wire.Fields.Add(new V1.Field { Path = "gretap.key", Value = "1" });
        var link = LinkMapping.FromWire(wire);
        Assert.Equal(InterfaceType.Other, link.Type);
        Assert.Equal(0, link.Fields.Count);
    }

    private static LinkState Port(BondPortStatus port) => new() { Name = "x", Type = InterfaceType.Ethernet, BondPort = port };

    private static void ComesBack(LinkState link)
    {
        var wire = LinkMapping.ToWire(link);
        Assert.Equal(WireValues.Text(link), WireValues.Text(LinkMapping.FromWire(V1.Link.Parser.ParseFrom(wire.ToByteArray()))));
    }

    private static AddressState Address(string cidr, bool isDynamic, bool linkLocal) =>
        IpCidr.TryParse(cidr, out var parsed) ? new AddressState(parsed, isDynamic, linkLocal) : throw new ArgumentException(cidr);
}
