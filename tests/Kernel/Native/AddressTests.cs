using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

public sealed class AddressTests
{
    [SkippableFact]
    public void Both_families_are_added_listed_and_removed() => KernelTest.Run(c =>
    {
        c.Pair("a0", "a1");
        var index = Iproute.Index("a0");
        var v4 = AddressMessage.For(index, InetAddress.Parse("192.0.2.7"), 24);
        v4.Broadcast = InetAddress.Parse("192.0.2.255");
        v4.Label = "a0:1";
        var v6 = AddressMessage.For(index, InetAddress.Parse("2001:db8::7"), 64);
        v6.Flags = InterfaceAddressFlags.NoDad | InterfaceAddressFlags.NoPrefixRoute;
        v6.Lifetime = new AddressLifetime(1000, 2000);
        c.Do(b =>
        {
            b.NewAddress(v4);
            b.NewAddress(v6);
        });
        var shown = Iproute.Show("address show dev a0").Single()!["addr_info"]!.AsArray().ToDictionary(a => (string)a!["local"]!, a => a!);
        Assert.Equal(24, (int)shown["192.0.2.7"]["prefixlen"]!);
        Assert.Equal("192.0.2.255", (string?)shown["192.0.2.7"]["broadcast"]);
        Assert.Equal("a0:1", (string?)shown["192.0.2.7"]["label"]);
        Assert.True((bool)shown["2001:db8::7"]["noprefixroute"]!);
        Assert.InRange((int)shown["2001:db8::7"]["preferred_life_time"]!, 900, 1000);

        var listed = KernelTest.List<AddressMessage>(l => c.DumpAddresses(l, index: index));
        var four = Assert.Single(listed, a => a.Family == AddressFamily.Inet);
        Assert.Equal(v4.Local, four.Own);
        Assert.Equal(24, four.PrefixLength);
        Assert.Equal("a0:1", four.Label);
        Assert.True(four.Flags.HasFlag(InterfaceAddressFlags.Permanent));
        var six = Assert.Single(listed, a => a.Own == v6.Address);
        Assert.True(six.Flags.HasFlag(InterfaceAddressFlags.NoPrefixRoute));
        Assert.InRange(six.Lifetime!.Value.Valid, 1900u, 2000u);
        Assert.DoesNotContain(listed, a => a.Index != index);
        Assert.All(KernelTest.List<AddressMessage>(l => c.DumpAddresses(l, AddressFamily.Inet)), a => Assert.Equal(AddressFamily.Inet, a.Family));

        Assert.Equal("EEXIST", c.Refused(b => b.NewAddress(v4)).ErrnoName);
        v6.Lifetime = new AddressLifetime(5000, 6000);
        c.Do(b => b.NewAddress(v6, replace: true));
        c.Do(b => b.DeleteAddress(v4));
        Assert.DoesNotContain(KernelTest.List<AddressMessage>(l => c.DumpAddresses(l, index: index)), a => a.Family == AddressFamily.Inet);
        var refusal = c.Refused(b => b.DeleteAddress(v4));
        Assert.Equal("EADDRNOTAVAIL", refusal.ErrnoName);
        Assert.StartsWith($"remove address 192.0.2.7/24 on link {index}: EADDRNOTAVAIL", refusal.Message, StringComparison.Ordinal);
    }, LinkKinds.Veth);
}
