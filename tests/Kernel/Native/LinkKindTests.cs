using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

/// <summary>Each kind is created through our codec, read by iproute2, and read back by our codec.</summary>
public sealed class LinkKindTests
{
    [SkippableFact]
    public void Bridge() => KernelTest.Run(c =>
    {
        c.Do(b => b.NewLink(new LinkMessage
        {
            Name = "br0",
            Data = new Bridge
            {
                ForwardDelay = 400,
                HelloTime = 300,
                MaxAge = 1500,
                AgeingTime = 12_300,
                StpState = 0,
                Priority = 4096,
                GroupForwardMask = 8,
                MulticastSnooping = false,
                MulticastHashMax = 1024,
                NetfilterCallIptables = false,
            },
        }));
        var shown = Iproute.LinkData("br0");
        Assert.Equal(400, (int)shown["forward_delay"]!);
        Assert.Equal(300, (int)shown["hello_time"]!);
        Assert.Equal(1500, (int)shown["max_age"]!);
        Assert.Equal(12_300, (int)shown["ageing_time"]!);
        Assert.Equal(0, (int)shown["stp_state"]!);
        Assert.Equal(4096, (int)shown["priority"]!);
        Assert.Equal("0x8", (string?)shown["group_fwd_mask"]);

        var bridge = c.Data<Bridge>("br0");
        Assert.Equal(400u, bridge.ForwardDelay);
        Assert.Equal(300u, bridge.HelloTime);
        Assert.Equal(1500u, bridge.MaxAge);
        Assert.Equal(12_300u, bridge.AgeingTime);
        Assert.Equal((ushort)4096, bridge.Priority);
        Assert.Equal((ushort)8, bridge.GroupForwardMask);
        Assert.Equal((ushort)4096, bridge.BridgeId!.Value.Priority);
        Assert.Equal((string?)shown["bridge_id"], $"{bridge.BridgeId.Value.Priority:x}.{bridge.BridgeId.Value.Address.ToString().Replace(":0", ":", StringComparison.Ordinal)}".Replace(".0", ".", StringComparison.Ordinal));
        Assert.Equal((string?)shown["group_addr"], bridge.GroupAddress.ToString());
        if (bridge.MulticastSnooping is not null)
            Assert.False(bridge.MulticastSnooping);
    }, LinkKinds.Bridge);

    [SkippableFact]
    public void Bridge_port() => KernelTest.Run(c =>
    {
        c.Do(b =>
        {
            b.NewLink(new LinkMessage { Index = 500, Name = "br0", Data = new Bridge() }.SetUp(true));
            b.NewLink(new LinkMessage { Index = 501, Name = "a0", Master = 500, Data = new Veth { Peer = new LinkMessage { Name = "a1" } } });
            b.SetLink(new LinkMessage
            {
                Index = 501,
                PortData = new BridgePort { Priority = 16, Cost = 55, Hairpin = true, BpduGuard = true, Learning = false, UnicastFlood = false, Isolated = true, NeighbourSuppress = true },
            });
        });
        var shown = Iproute.PortData("a0");
        Assert.Equal(16, (int)shown["priority"]!);
        Assert.Equal(55, (int)shown["cost"]!);
        Assert.True((bool)shown["hairpin"]!);
        Assert.True((bool)shown["guard"]!);
        Assert.False((bool)shown["learning"]!);
        Assert.False((bool)shown["flood"]!);
        Assert.True((bool)shown["isolated"]!);

        var link = c.Link("a0");
        Assert.Equal(LinkKinds.Bridge, link.PortKind);
        Assert.Equal(500, link.Master);
        var port = Assert.IsType<BridgePort>(link.PortData);
        Assert.Equal((ushort)16, port.Priority);
        Assert.Equal(55u, port.Cost);
        Assert.True(port.Hairpin);
        Assert.True(port.BpduGuard);
        Assert.False(port.Learning);
        Assert.False(port.UnicastFlood);
        Assert.True(port.Isolated);
        Assert.True(port.NeighbourSuppress);
        Assert.Equal(BridgePortState.Disabled, port.State);

        var seen = Assert.Single(KernelTest.List<LinkMessage>(c.DumpBridgeVlans), l => l.Index == 501);
        Assert.True(Assert.IsType<BridgePort>(seen.PortData).Hairpin);

        c.Do(b => b.SetLink(new LinkMessage { Index = 501, Master = 0 }));
        Assert.Null(c.Link("a0").Master);
    }, LinkKinds.Bridge, LinkKinds.Veth);

    [SkippableTheory]
    [InlineData(LinkKinds.Macvlan)]
    [InlineData(LinkKinds.Macvtap)]
    public void Macvlan(string kind) => KernelTest.Run(c =>
    {
        c.Do(b =>
        {
            b.NewLink(new LinkMessage { Index = 500, Name = "base", Data = new Bridge() });
            b.NewLink(new LinkMessage { Name = "m0", Kind = kind, Link = 500, Data = new Macvlan { Mode = MacvlanMode.Vepa, BroadcastQueueLength = 2000 } });
        });
        Assert.Equal(kind, (string?)Iproute.Link("m0")["linkinfo"]!["info_kind"]);
        Assert.Equal("vepa", (string?)Iproute.LinkData("m0")["mode"]);
        Assert.Equal("base", (string?)Iproute.Link("m0")["link"]);

        var link = c.Link("m0");
        Assert.Equal(kind, link.Kind);
        var macvlan = Assert.IsType<Macvlan>(link.Data);
        Assert.Equal(MacvlanMode.Vepa, macvlan.Mode);
        Assert.Equal(2000u, macvlan.BroadcastQueueLength);

        c.Do(b => b.SetLink(new LinkMessage { Name = "m0", Data = new Macvlan { Mode = MacvlanMode.Bridge }, Kind = kind }));
        Assert.Equal("bridge", (string?)Iproute.LinkData("m0")["mode"]);
    }, LinkKinds.Bridge, kind);

    [SkippableFact]
    public void Veth() => KernelTest.Run(c =>
    {
        c.Do(b => b.NewLink(new LinkMessage
        {
            Name = "a0",
            Index = 701,
            Data = new Veth { Peer = new LinkMessage { Name = "a1", Address = MacAddress.Parse("02:00:00:00:00:01"), Index = 700 } },
        }));
        Assert.Equal("a1", (string?)Iproute.Link("a0")["link"]);
        Assert.Equal("02:00:00:00:00:01", (string?)Iproute.Link("a1")["address"]);
        Assert.Equal(LinkKinds.Veth, c.Link("a0").Kind);
        Assert.Equal(700, c.Link("a0").Link);
    }, LinkKinds.Veth);

    [SkippableFact]
    public void Vxlan() => KernelTest.Run(c =>
    {
        c.Do(b => b.NewLink(new LinkMessage
        {
            Name = "vx0",
            Data = new Vxlan { Id = 4242, Port = 4789, Group = InetAddress.Parse("192.0.2.9"), Local = InetAddress.Parse("192.0.2.1"), Ttl = 16, Learning = false, SourcePorts = new(20000, 30000), Ageing = 77 },
        }));
        var shown = Iproute.LinkData("vx0");
        Assert.Equal(4242, (int)shown["id"]!);
        Assert.Equal(4789, (int)shown["port"]!);
        Assert.Equal("192.0.2.9", (string?)shown["remote"]);
        Assert.Equal("192.0.2.1", (string?)shown["local"]);
        Assert.Equal(16, (int)shown["ttl"]!);
        Assert.False((bool)shown["learning"]!);
        Assert.Equal(20000, (int)shown["port_range"]!["low"]!);
        Assert.Equal(30000, (int)shown["port_range"]!["high"]!);
        Assert.Equal(77, (int)shown["ageing"]!);

        var vxlan = c.Data<Vxlan>("vx0");
        Assert.Equal(4242u, vxlan.Id);
        Assert.Equal((ushort)4789, vxlan.Port);
        Assert.Equal(InetAddress.Parse("192.0.2.9"), vxlan.Group);
        Assert.Equal(InetAddress.Parse("192.0.2.1"), vxlan.Local);
        Assert.Equal(new VxlanPortRange(20000, 30000), vxlan.SourcePorts);
        Assert.False(vxlan.Learning);
    }, LinkKinds.Vxlan);

    [SkippableFact]
    public void Tun_is_read() => KernelTest.Run(c =>
    {
        Skip.IfNot(File.Exists("/dev/net/tun"), "there is no /dev/net/tun");
        Iproute.Ip("tuntap add dev tap0 mode tap user 0 multi_queue");
        Assert.Equal("tap", (string?)Iproute.LinkData("tap0")["type"]);
        var tun = c.Data<Tun>("tap0");
        Assert.Equal(TunType.Tap, tun.Type);
        Assert.Equal(0u, tun.Owner);
        Assert.Null(tun.Group);
        Assert.True(tun.MultiQueue);
        Assert.True(tun.Persistent);
        Assert.Equal(LinkKinds.Tun, c.Link("tap0").Kind);
    });

    [SkippableFact]
    public void Dummy() => KernelTest.Run(c =>
    {
        c.Do(b => b.NewLink(new LinkMessage { Name = "d0", Data = new Dummy() }.SetUp(true)));
        Assert.Equal("dummy", (string?)Iproute.Link("d0")["linkinfo"]!["info_kind"]);
        Assert.Equal(LinkKinds.Dummy, c.Link("d0").Kind);
    }, LinkKinds.Dummy);

    [SkippableFact]
    public void Vlan() => KernelTest.Run(c =>
    {
        c.Pair("a0", "a1");
        var index = Iproute.Index("a0");
        c.Do(b =>
        {
            b.NewLink(new LinkMessage { Name = "a0.20", Link = index, Data = new Vlan { Id = 20 } });
            b.NewLink(new LinkMessage { Name = "a0.s", Link = index, Data = new Vlan { Id = 4094, Protocol = NodeAgent.Native.Rtnl.Kinds.Vlan.Protocol8021Ad, Flags = VlanFlags.LooseBinding, FlagsMask = VlanFlags.LooseBinding } });
        });
        Assert.Equal(20, (int)Iproute.LinkData("a0.20")["id"]!);
        Assert.Equal("802.1Q", (string?)Iproute.LinkData("a0.20")["protocol"]);
        Assert.Equal("a0", (string?)Iproute.Link("a0.20")["link"]);
        Assert.Equal("802.1ad", (string?)Iproute.LinkData("a0.s")["protocol"]);
        Assert.Contains("LOOSE_BINDING", Iproute.LinkData("a0.s")["flags"]!.AsArray().Select(flag => (string?)flag));

        var vlan = c.Data<Vlan>("a0.20");
        Assert.Equal((ushort)20, vlan.Id);
        Assert.Equal((ushort)0x8100, vlan.Protocol);
        Assert.Equal(VlanFlags.ReorderHeader, vlan.Flags);
        Assert.Equal(VlanFlags.ReorderHeader | VlanFlags.LooseBinding, c.Data<Vlan>("a0.s").Flags);
    }, LinkKinds.Veth, LinkKinds.Vlan);
}
