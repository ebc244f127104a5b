using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

public sealed class MonitorTests
{
    [SkippableFact]
    public void Links_addresses_and_routes_of_others_are_heard() => KernelTest.Run(c =>
    {
        using var monitor = RtnlMonitor.Open();
        Iproute.Ip("link add a0 type veth peer name a1");
        var link = monitor.Await(e => e.Kind == RtnlEventKind.LinkChanged && e.Link!.Name == "a0").Link!;
        Assert.Equal(LinkKinds.Veth, link.Kind);

        Iproute.Ip("link set a0 up");
        monitor.Await(e => e.Kind == RtnlEventKind.LinkChanged && e.Link is { Name: "a0", IsUp: true });
        Iproute.Ip("address add 192.0.2.1/24 dev a0");
        monitor.Await(e => e.Kind == RtnlEventKind.AddressChanged && e.Address!.Own == InetAddress.Parse("192.0.2.1"));
        Iproute.Ip("link set a1 up");
        Iproute.Ip("route add default via 192.0.2.9");
        monitor.Await(e => e.Kind == RtnlEventKind.RouteChanged && e.Route!.IsDefault);
        Iproute.Ip("route del default");
        monitor.Await(e => e.Kind == RtnlEventKind.RouteRemoved && e.Route!.IsDefault);
        Iproute.Ip("address del 192.0.2.1/24 dev a0");
        monitor.Await(e => e.Kind == RtnlEventKind.AddressRemoved && e.Address!.Index == link.Index);
        Iproute.Ip("link del a0");
        Assert.Equal(link.Index, monitor.Await(e => e.Kind == RtnlEventKind.LinkRemoved && e.Link!.Name == "a0").Link!.Index);
    }, LinkKinds.Veth);

    [SkippableFact]
    public void A_port_that_leaves_its_bridge_is_not_a_link_that_is_gone() => KernelTest.Run(c =>
    {
        c.Do(b =>
        {
            b.NewLink(new LinkMessage { Index = 500, Name = "br0", Data = new Bridge() });
            b.NewLink(new LinkMessage { Index = 501, Name = "a0", Data = new Veth { Peer = new LinkMessage { Name = "a1" } } });
        });
        using var monitor = RtnlMonitor.Open(MonitorGroups.Links);
        Iproute.Ip("link set a0 master br0");
        Assert.Equal(501, monitor.Await(e => e.Kind == RtnlEventKind.BridgePortChanged).Link!.Index);
        Iproute.Ip("link set a0 nomaster");
        var events = new List<RtnlEvent>();
        var all = new List<RtnlEvent>();
        while (!all.Exists(e => e.Kind == RtnlEventKind.BridgePortRemoved))
        {
            Assert.Equal(MonitorStatus.Events, monitor.Read(events, KernelTest.Patience));
            all.AddRange(events);
        }

        Assert.DoesNotContain(all, e => e.Kind == RtnlEventKind.LinkRemoved);
        Assert.NotNull(c.GetLink("a0"));
    }, LinkKinds.Bridge, LinkKinds.Veth);

    [SkippableFact]
    public void Who_asked_is_told_for_addresses() => KernelTest.Run(c =>
    {
        using var monitor = RtnlMonitor.Open(MonitorGroups.Addresses);
        c.Do(b => b.NewAddress(AddressMessage.For(1, InetAddress.Parse("192.0.2.1"), 32)));
        Assert.Equal(c.PortId, monitor.Await(e => e.Kind == RtnlEventKind.AddressChanged).PortId);
    });

    [SkippableFact]
    public void Only_the_groups_asked_for_are_heard() => KernelTest.Run(c =>
    {
        using var monitor = RtnlMonitor.Open(MonitorGroups.Routes);
        c.Do(b => b.NewLink(new LinkMessage { Name = "br0", Data = new Bridge() }));
        // The address makes a route: had the link or the address been heard, they would have been heard before it.
        c.Do(b => b.NewAddress(AddressMessage.For(1, InetAddress.Parse("192.0.2.1"), 32)));
        var events = new List<RtnlEvent>();
        Assert.Equal(MonitorStatus.Events, monitor.Read(events, KernelTest.Patience));
        Assert.All(events, e => Assert.Equal(RtnlEventKind.RouteChanged, e.Kind));
    }, LinkKinds.Bridge);

    /// <summary>Ten thousand events that nobody reads, in a buffer for a few hundred: lost, but not silently.</summary>
    [SkippableFact]
    public void An_overflow_says_list_again_and_events_go_on_afterwards() => KernelTest.Run(c =>
    {
        using var monitor = RtnlMonitor.Open(receiveBuffer: 256 << 10);
        using var batch = new NetlinkBatch();
        for (var i = 0; i < 5000; i++)
        {
            batch.NewAddress(AddressMessage.For(1, InetAddress.Parse("192.0.2.1"), 32));
            batch.DeleteAddress(AddressMessage.For(1, InetAddress.Parse("192.0.2.1"), 32));
        }

        Assert.True(c.Execute(batch).Succeeded);

        var events = new List<RtnlEvent>();
        Assert.Equal(MonitorStatus.Overflow, monitor.Read(events, KernelTest.Patience));
        Assert.Empty(events);
        Assert.Equal(1, monitor.Overflows);
        Assert.Equal(MonitorStatus.TimedOut, monitor.Read(events, TimeSpan.Zero));

        c.Do(b => b.NewAddress(AddressMessage.For(1, InetAddress.Parse("192.0.2.2"), 32)));
        monitor.Await(e => e.Kind == RtnlEventKind.AddressChanged && e.Address!.Own == InetAddress.Parse("192.0.2.2"));
        Assert.Equal(1, monitor.Overflows);
    });

    [SkippableFact]
    public void As_many_events_in_a_buffer_of_the_usual_size_are_all_delivered() => KernelTest.Run(c =>
    {
        using var monitor = RtnlMonitor.Open(MonitorGroups.Addresses);
        Skip.If(monitor.ReceiveBufferSize < 16 << 20, "a large receive buffer needs CAP_NET_ADMIN on the host");
        using var batch = new NetlinkBatch();
        for (var i = 0; i < 5000; i++)
        {
            batch.NewAddress(AddressMessage.For(1, InetAddress.Parse("192.0.2.1"), 32));
            batch.DeleteAddress(AddressMessage.For(1, InetAddress.Parse("192.0.2.1"), 32));
        }

        Assert.True(c.Execute(batch).Succeeded);
        var events = new List<RtnlEvent>();
        var heard = 0;
        while (heard < 10_000)
        {
            Assert.Equal(MonitorStatus.Events, monitor.Read(events, KernelTest.Patience));
            heard += events.Count;
        }

        Assert.Equal(10_000, heard);
        Assert.Equal(0, monitor.Overflows);
    });

    [SkippableFact]
    public void A_blocked_reader_is_stopped() => KernelTest.Run(_ =>
    {
        using var monitor = RtnlMonitor.Open();
        var stopper = new Thread(() =>
        {
            Thread.Sleep(50);
            monitor.Stop();
        });
        stopper.Start();
        Assert.Equal(MonitorStatus.Stopped, monitor.Read([], Timeout.InfiniteTimeSpan));
        Assert.Equal(MonitorStatus.Stopped, monitor.Read([], Timeout.InfiniteTimeSpan));
        stopper.Join();
    });
}
