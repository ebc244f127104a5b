using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

public sealed class RouteTests
{
    private static int Build(NetlinkConnection connection)
    {
        connection.Pair("a0", "a1");
        Iproute.Ip("link set a0 up");
        Iproute.Ip("link set a1 up");
        Iproute.Ip("address add 192.0.2.1/24 dev a0");
        Iproute.Ip("address add 2001:db8::1/64 dev a0 nodad");
        return Iproute.Index("a0");
    }

    private static RouteMessage Via(string gateway, string? destination = null, byte length = 0) => new()
    {
        Family = InetAddress.Parse(gateway).Family,
        Table = RouteTable.Main,
        Protocol = RouteProtocol.Static,
        Type = RouteType.Unicast,
        Destination = destination is null ? null : InetAddress.Parse(destination),
        DestinationLength = length,
        Gateway = InetAddress.Parse(gateway),
    };

    [SkippableFact]
    public void A_default_route_is_added_found_replaced_and_removed() => KernelTest.Run(c =>
    {
        var link = Build(c);
        Assert.Null(c.GetRoute(InetAddress.Parse("198.51.100.1")));
        var route = Via("192.0.2.254");
        route.Priority = 50;
        route.Metrics = new RouteMetrics(1300);
        c.Do(b => b.NewRoute(route));
        Assert.Equal("EEXIST", c.Refused(b => b.NewRoute(route)).ErrnoName);

        var shown = Iproute.Show("route show default").Single()!;
        Assert.Equal("192.0.2.254", (string?)shown["gateway"]);
        Assert.Equal("static", (string?)shown["protocol"]);
        Assert.Equal(50, (int)shown["metric"]!);
        Assert.Equal(1300, (int)shown["metrics"]![0]!["mtu"]!);

        var found = c.GetRoute(InetAddress.Parse("198.51.100.1"));
        Assert.NotNull(found);
        Assert.Equal(link, found.OutputLink);
        Assert.Equal(InetAddress.Parse("192.0.2.254"), found.Gateway);
        Assert.Equal(InetAddress.Parse("192.0.2.1"), found.PreferredSource);
        Assert.Equal(RouteTable.Main, found.Table);

        var listed = Assert.Single(KernelTest.List<RouteMessage>(l => c.DumpRoutes(l, new(AddressFamily.Inet, RouteTable.Main))), r => r.IsDefault);
        Assert.Equal(50u, listed.Priority);
        Assert.Equal(1300u, listed.Metrics!.Value.Mtu);

        route.Gateway = InetAddress.Parse("192.0.2.253");
        c.Do(b => b.NewRoute(route, replace: true));
        Assert.Equal("192.0.2.253", (string?)Iproute.Show("route show default").Single()!["gateway"]);
        c.Do(b => b.DeleteRoute(route));
        Assert.Empty(Iproute.Show("route show default"));
    }, LinkKinds.Veth);

    [SkippableFact]
    public void Tables_beyond_255_other_types_and_ipv6() => KernelTest.Run(c =>
    {
        Build(c);
        var far = Via("192.0.2.9", "198.51.100.0", 24);
        far.Table = 4711;
        c.Do(b =>
        {
            b.NewRoute(far);
            b.NewRoute(new RouteMessage { Family = AddressFamily.Inet, Table = RouteTable.Main, Type = RouteType.Blackhole, Destination = InetAddress.Parse("203.0.113.0"), DestinationLength = 24 });
            b.NewRoute(Via("2001:db8::99", "2001:db8:1::", 48));
        });
        Assert.Equal("198.51.100.0/24", (string?)Iproute.Show("route show table 4711").Single()!["dst"]);
        Assert.Contains(Iproute.Show("route show type blackhole"), r => (string?)r!["dst"] == "203.0.113.0/24");
        Assert.Contains(Iproute.Show("-6 route show"), r => (string?)r!["dst"] == "2001:db8:1::/48" && (string?)r["gateway"] == "2001:db8::99");

        var listed = Assert.Single(KernelTest.List<RouteMessage>(l => c.DumpRoutes(l, new(Table: 4711))));
        Assert.Equal(4711u, listed.Table);
        Assert.Equal(InetAddress.Parse("198.51.100.0"), listed.Destination);
        Assert.Equal(InetAddress.Parse("2001:db8::99"), c.GetRoute(InetAddress.Parse("2001:db8:1::5"))!.Gateway);
    }, LinkKinds.Veth);

    [SkippableFact]
    public void Many_ways_and_a_gateway_of_the_other_family() => KernelTest.Run(c =>
    {
        var link = Build(c);
        var many = Via("192.0.2.254");
        many.Gateway = null;
        many.NextHops = [new NextHop(link, InetAddress.Parse("192.0.2.10"), 1), new NextHop(link, InetAddress.Parse("192.0.2.11"), 20)];
        var mixed = Via("2001:db8::5", "198.51.100.0", 24);
        mixed.Family = AddressFamily.Inet;
        mixed.OutputLink = link;
        c.Do(b =>
        {
            b.NewRoute(many);
            b.NewRoute(mixed);
        });
        var shown = Iproute.Show("route show default").Single()!["nexthops"]!.AsArray();
        Assert.Equal(["192.0.2.10", "192.0.2.11"], shown.Select(hop => (string?)hop!["gateway"]));
        Assert.Equal(20, (int)shown[1]!["weight"]!);
        Assert.Equal("2001:db8::5", (string?)Iproute.Show("route show 198.51.100.0/24").Single()!["via"]!["host"]);

        var routes = KernelTest.List<RouteMessage>(l => c.DumpRoutes(l, new(AddressFamily.Inet, RouteTable.Main)));
        Assert.Equal(many.NextHops, Assert.Single(routes, r => r.IsDefault).NextHops!.Select(hop => hop with { Flags = RouteFlags.None }));
        Assert.Equal(InetAddress.Parse("2001:db8::5"), Assert.Single(routes, r => r.Destination == mixed.Destination).Gateway);
    }, LinkKinds.Veth);

    [SkippableFact]
    public void A_gateway_nobody_can_reach_is_refused_in_the_kernels_words() => KernelTest.Run(c =>
    {
        Build(c);
        var refusal = c.Refused(b => b.NewRoute(Via("198.51.100.1")));
        Assert.Equal("ENETUNREACH", refusal.ErrnoName);
        Assert.Equal("Nexthop has invalid gateway", refusal.KernelMessage);
        Assert.Equal("add route", refusal.Operation);
    }, LinkKinds.Veth);
}
