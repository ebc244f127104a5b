using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

/// <summary>What all kinds of link have in common.</summary>
public sealed class LinkTests
{
    [SkippableFact]
    public void Attributes_are_set_and_read_back() => KernelTest.Run(c =>
    {
        c.Do(b => b.NewLink(new LinkMessage
        {
            Name = "a0",
            Mtu = 1400,
            Address = MacAddress.Parse("02:00:00:00:00:0a"),
            TxQueueLength = 77,
            Group = 9,
            TxQueues = 3,
            RxQueues = 2,
            Data = new Veth { Peer = new LinkMessage { Name = "a1", Mtu = 1300 } },
        }.SetUp(true)));
        c.Do(b => b.SetLink(new LinkMessage { Name = "a0", Alias = "owned by a test" }));

        var shown = Iproute.Link("a0");
        Assert.Equal(1400, (int)shown["mtu"]!);
        Assert.Equal("02:00:00:00:00:0a", (string?)shown["address"]);
        Assert.Equal(77, (int)shown["txqlen"]!);
        Assert.Equal("9", (string?)shown["group"]);
        Assert.Equal(3, (int)shown["num_tx_queues"]!);
        Assert.Equal("owned by a test", (string?)shown["ifalias"]);
        Assert.Contains("UP", shown["flags"]!.AsArray().Select(flag => (string?)flag));
        Assert.Equal(1300, (int)Iproute.Link("a1")["mtu"]!);

        var link = c.Link("a0");
        Assert.Equal((int)shown["ifindex"]!, link.Index);
        Assert.Equal(1400u, link.Mtu);
        Assert.Equal((uint)shown["min_mtu"]!, link.MinMtu);
        Assert.Equal((uint)shown["max_mtu"]!, link.MaxMtu);
        Assert.Equal(MacAddress.Parse("02:00:00:00:00:0a"), link.Address);
        Assert.Equal("owned by a test", link.Alias);
        Assert.Equal(77u, link.TxQueueLength);
        Assert.Equal(9u, link.Group);
        Assert.Equal(3u, link.TxQueues);
        // Kernels for one processor do not say.
        Assert.Contains(link.RxQueues, new uint?[] { 2, null });
        Assert.Equal(1, link.HardwareType);
        Assert.True(link.IsUp);
        Assert.True(Wait.Until(() => c.Link("a0").OperState == OperState.LowerLayerDown), $"{c.Link("a0").OperState}");
        Assert.False(link.Carrier);
        Assert.Equal(Iproute.Index("a1"), link.Link);
        Assert.NotNull(link.Statistics);
    }, LinkKinds.Veth);

    [SkippableFact]
    public void Carrier_and_state_follow_the_peer() => KernelTest.Run(c =>
    {
        c.Pair("a0", "a1");
        c.Do(b =>
        {
            b.SetLink(new LinkMessage { Name = "a0" }.SetUp(true));
            b.SetLink(new LinkMessage { Name = "a1" }.SetUp(true));
        });
        // Older kernels leave the state to a worker of theirs.
        Assert.True(Wait.Until(() => c.Link("a0").OperState == OperState.Up), $"{c.Link("a0").OperState}");
        var link = c.Link("a0");
        Assert.True(link.Carrier);
        Assert.True(link.CarrierChanges > 0);
        Assert.Equal(link.CarrierChanges, link.CarrierUpCount + link.CarrierDownCount);
    }, LinkKinds.Veth);

    [SkippableFact]
    public void A_link_is_found_by_name_by_index_and_by_alternative_name() => KernelTest.Run(c =>
    {
        c.Pair("a0", "a1");
        var index = Iproute.Index("a0");
        Iproute.Ip("link property add dev a0 altname uplink-of-the-storage-network altname short");
        Assert.Equal(index, c.GetLink("a0")!.Index);
        Assert.Equal("a0", c.GetLink(index)!.Name);
        Assert.Equal(index, c.GetLink("uplink-of-the-storage-network")!.Index);
        Assert.Equal(index, c.GetLink("short")!.Index);
        Assert.Equal(["uplink-of-the-storage-network", "short"], c.GetLink(index)!.AlternativeNames!);
        Assert.Equal(2, Iproute.Link("a0")["altnames"]!.AsArray().Count);

        Iproute.Ip("link property del dev a0 altname short");
        Assert.Null(c.GetLink("short"));
        Assert.Null(c.GetLink("none"));
        Assert.Null(c.GetLink(4711));
    }, LinkKinds.Veth);

    [SkippableFact]
    public void A_link_gets_the_wanted_index_so_that_a_plan_fits_in_one_batch() => KernelTest.Run(c =>
    {
        c.Do(b =>
        {
            b.NewLink(new LinkMessage { Index = 500, Name = "br0", Data = new Bridge() }.SetUp(true));
            b.NewLink(new LinkMessage { Index = 501, Name = "a0", Master = 500, Data = new Veth { Peer = new LinkMessage { Index = 502, Name = "a1" } } });
            b.NewLink(new LinkMessage { Index = 503, Name = "m0", Link = 502, Data = new Macvlan { Mode = MacvlanMode.Bridge } });
            b.NewAddress(AddressMessage.For(503, InetAddress.Parse("192.0.2.1"), 24));
        });
        Assert.Equal(500, Iproute.Index("br0"));
        Assert.Equal("br0", (string?)Iproute.Link("a0")["master"]);
        Assert.Equal("a1", (string?)Iproute.Link("m0")["link"]);

        var refusal = c.Refused(b => b.NewLink(new LinkMessage { Index = 503, Name = "m1", Data = new Bridge() }));
        Assert.Equal("EEXIST", refusal.ErrnoName);
    }, LinkKinds.Bridge, LinkKinds.Veth, LinkKinds.Macvlan);

    [SkippableFact]
    public void Ports_and_kinds_are_listed_by_filter() => KernelTest.Run(c =>
    {
        c.Do(b =>
        {
            b.NewLink(new LinkMessage { Index = 500, Name = "br0", Data = new Bridge() });
            b.NewLink(new LinkMessage { Name = "a0", Master = 500, Data = new Veth { Peer = new LinkMessage { Name = "a1" } } });
            b.NewLink(new LinkMessage { Name = "b0", Data = new Veth { Peer = new LinkMessage { Name = "b1" } } });
        });
        Assert.Equal(["a0"], KernelTest.List<LinkMessage>(l => c.DumpLinks(l, new(Master: 500))).Select(l => l.Name));
        Assert.Equal(["br0"], KernelTest.List<LinkMessage>(l => c.DumpLinks(l, new(Kind: LinkKinds.Bridge))).Select(l => l.Name));
        Assert.Equal(6, KernelTest.List<LinkMessage>(l => c.DumpLinks(l)).Count);
    }, LinkKinds.Bridge, LinkKinds.Veth);

    [SkippableFact]
    public void A_group_is_removed_at_once_and_nothing_else() => KernelTest.Run(c =>
    {
        c.Do(b =>
        {
            b.NewLink(new LinkMessage { Index = 500, Name = "base", Data = new Bridge() });
            for (var i = 0; i < 100; i++)
                b.NewLink(new LinkMessage { Name = $"m{i}", Link = 500, Group = i < 60 ? 7u : 8u, Data = new Macvlan() });
        });
        c.Do(b => b.DeleteLinkGroup(7));
        Assert.Equal(42, Iproute.Show("link show").Count);
        Assert.Empty(Iproute.Show("link show group 7"));

        var refusal = c.Refused(b => b.DeleteLinkGroup(7));
        Assert.Equal("ENODEV", refusal.ErrnoName);
        Assert.StartsWith("remove link group 7: ENODEV", refusal.Message, StringComparison.Ordinal);
    }, LinkKinds.Bridge, LinkKinds.Macvlan);

    [SkippableFact]
    public void A_list_is_filled_into_the_models_it_was_filled_into_before() => KernelTest.Run(c =>
    {
        c.Do(b =>
        {
            b.NewLink(new LinkMessage { Index = 500, Name = "base", Data = new Bridge() });
            for (var i = 0; i < 300; i++)
                b.NewLink(new LinkMessage { Name = $"m{i}", Link = 500, Data = new Macvlan() });
        });
        var links = KernelTest.List<LinkMessage>(l => c.DumpLinks(l));
        Assert.Equal(302, links.Count);
        var models = links.ToArray();
        var names = links.Select(link => link.Name).ToArray();
        var data = links.Select(link => link.Data).ToArray();

        c.DumpLinks(links);
        Assert.All(Enumerable.Range(0, 302), i =>
        {
            Assert.Same(models[i], links[i]);
            Assert.Same(names[i], links[i].Name);
            Assert.Same(data[i], links[i].Data);
        });

        c.Do(b => b.DeleteLink("m7"));
        c.DumpLinks(links);
        Assert.Equal(301, links.Count);
        Assert.DoesNotContain(links, link => link.Name == "m7");
    }, LinkKinds.Bridge, LinkKinds.Macvlan);

    [SkippableFact]
    public void A_link_moves_to_another_namespace_and_the_peer_says_where_it_is() => KernelTest.Run(c =>
    {
        c.Pair("a0", "a1");
        using var there = NetworkNamespace.Run(() => NodeAgent.Native.Linux.Fcntl.open("/proc/thread-self/ns/net", 0));
        c.Do(b => b.SetLink(new LinkMessage { Name = "a1", NetnsFd = there.Number }));
        Assert.Null(c.GetLink("a1"));
        Assert.NotNull(c.GetLink("a0")!.LinkNetnsId);
    }, LinkKinds.Veth);
}
