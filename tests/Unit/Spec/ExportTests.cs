using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Schema;
using NodeAgent.Network.Spec;
using Xunit;

namespace NodeAgent.Tests.Unit.Spec;

public sealed class ExportTests
{
    public static TheoryData<string> All => [.. Examples.Files.Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(All))]
    public void An_export_of_what_an_example_makes_is_checked_without_an_error(string file)
    {
        var snapshot = SnapshotFromDocument.Build(DocumentReader.Load(Path.Combine(Examples.Folder, file)).Document!.Desired);
        var read = DocumentReader.Read("export.yaml", DocumentWriter.ToYaml(SnapshotExporter.Export(snapshot)));
        Assert.Empty(read.Errors);
        Assert.Empty(SemanticCheck.Check(read.Document!.Desired, snapshot));
        var plan = Planner.Plan(new PlanRequest { Desired = read.Document.Desired, Observed = snapshot });
        Assert.Empty(plan.Refusals);
        Assert.Empty(plan.Steps);
    }

    [Fact]
    public void Defaults_guests_and_what_the_kernel_makes_are_left_out()
    {
        var snapshot = new NetworkSnapshot();
        snapshot.Put(new LinkState { Name = "lo", Type = InterfaceType.Loopback, Index = 1, Up = true, Addresses = [new(Cidr("127.0.0.1/8"))] });
        snapshot.Put(new LinkState
        {
            Name = "eth0",
            Type = InterfaceType.Ethernet,
            Index = 2,
            Up = true,
            Controller = "br0",
            PermanentMac = "02:00:00:00:00:01",
            Fields = new FieldSet().Set(CommonFields.Mtu, 9000).Set(CommonFields.MacAddress, "02:00:00:00:00:01"),
            PortOptions = new FieldSet().Set(BridgeFields.PortHairpin, false).Set(BridgeFields.PortPathCost, 4).Set(BridgeFields.PortPriority, 32),
            Vlans = VlanTable.Of([new(1, 1, true, true), new(21, 100)]),
        });
        snapshot.Put(new LinkState { Name = "tap0", Type = InterfaceType.Tun, Index = 3, Up = true, Controller = "br0" });
        snapshot.Put(new LinkState { Name = "lxc0", Type = InterfaceType.Veth, Index = 4, Up = true, Controller = "br0", LowerElsewhere = true });
        snapshot.Put(new LinkState
        {
            Name = "br0",
            Type = InterfaceType.LinuxBridge,
            Index = 5,
            Up = true,
            Vlans = VlanTable.Of([new(1, 1, true, true)]),
            Fields = new FieldSet().Set(CommonFields.Mtu, 1500).Set(CommonFields.MacAddress, "02:00:00:00:00:01").Set(BridgeFields.VlanFiltering, true).Set(BridgeFields.StpEnabled, false)
                .Set(BridgeFields.AgeingTime, 600),
            Addresses = [new(Cidr("192.0.2.1/24")), new(Cidr("192.0.2.9/24"), Dynamic: true), new(Cidr("fe80::1/64"), LinkLocal: true)],
        });
        snapshot.Put(new LinkState
        {
            Name = "bond0",
            Type = InterfaceType.Bond,
            Index = 6,
            Fields = new FieldSet().Set(BondFields.Mode, BondMode.Lacp).Set(BondFields.Miimon, 100).Set(BondFields.ArpInterval, 0).Set(BondFields.LacpRate, 1).Set(BondFields.Primary, ""),
        });
        snapshot.Routes =
        [
            new RouteState { Destination = Cidr("192.0.2.0/24"), Device = "br0", Protocol = 2, Scope = 253 },
            new RouteState { Destination = Cidr("0.0.0.0/0"), Gateway = IPAddress.Parse("192.0.2.254"), Device = "br0", Protocol = 3 },
            new RouteState { Destination = Cidr("198.51.100.0/24"), Gateway = IPAddress.Parse("192.0.2.254"), Device = "br0", Protocol = 16 },
            new RouteState { Destination = Cidr("198.51.101.0/24"), Device = "tap0" },
        ];
        Assert.Equal(
            """
            interfaces:
            - name: eth0
              type: ethernet
              state: up
              mtu: 9000
            - name: br0
              type: linux-bridge
              state: up
              bridge:
                options:
                  mac-ageing-time: 600
                  vlan-filtering: true
                port:
                - name: eth0
                  vlan:
                    mode: trunk
                    enable-native: true
                    tag: 1
                    trunk-tags:
                    - id-range:
                        min: 21
                        max: 100
              ipv4:
                enabled: true
                address:
                - ip: 192.0.2.1
                  prefix-length: 24
            - name: bond0
              type: bond
              state: down
              link-aggregation:
                mode: 802.3ad
                options:
                  miimon: 100
                  lacp_rate: fast
                port: []
            routes:
              config:
              - destination: 0.0.0.0/0
                next-hop-address: 192.0.2.254
                next-hop-interface: br0

            """,
            DocumentWriter.ToYaml(SnapshotExporter.Export(snapshot)));
        Assert.Empty(Planner.Plan(new PlanRequest { Desired = SnapshotExporter.Export(snapshot), Observed = snapshot }).Steps);
    }

    [Fact]
    public void A_document_taken_for_the_present_state_has_ports_peers_and_filtering()
    {
        var document = DocumentReader.Read("d.yaml", """
            interfaces:
            - {name: br0, type: linux-bridge, bridge: {port: [{name: eth0, vlan: {mode: access, tag: 5}}, {name: ve0}]}}
            - {name: ve0, type: veth, state: down, veth: {peer: ve1}, ipv4: {address: [{ip: 192.0.2.1, prefix-length: 24}]}}
            - {name: eth9.5, type: vlan, vlan: {base-iface: eth9, id: 5}}
            - {name: gone, type: dummy, state: absent}
            routes:
              config:
              - {destination: "::/0", next-hop-address: "fe80::1", next-hop-interface: eth8}
            """).Document!.Desired;
        var snapshot = SnapshotFromDocument.Build(document);
        Assert.Equal(["br0", "eth0", "eth8", "eth9", "eth9.5", "ve0", "ve1"], snapshot.Links.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["eth0", "ve0"], snapshot.PortsOf("br0").Order(StringComparer.Ordinal));
        Assert.Equal(["eth9.5"], snapshot.UppersOf("eth9"));
        Assert.Equal(1, snapshot.Find("br0")!.Fields[BridgeFields.VlanFiltering]!.Value.Number);
        Assert.Equal("5 native", snapshot.Find("eth0")!.Vlans!.ToString());
        Assert.Equal("1 native", snapshot.Find("ve0")!.Vlans!.ToString());
        Assert.Equal("ve0", snapshot.Find("ve1")!.Fields.Text(VethFields.Peer));
        Assert.False(snapshot.Find("ve0")!.Up);
        Assert.True(snapshot.Find("br0")!.Up);
        Assert.Equal("192.0.2.1/24", snapshot.Find("ve0")!.Addresses.Single().Cidr.ToString());
        Assert.Equal((1024, 254), (snapshot.Routes.Single().Metric, snapshot.Routes.Single().Table));
    }

    private static IpCidr Cidr(string text) => IpCidr.TryParse(text, out var cidr) ? cidr : throw new FormatException(text);
}
