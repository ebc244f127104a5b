using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

public sealed class NeighbourTests
{
    private static readonly MacAddress Mac = MacAddress.Parse("02:00:00:00:00:42");

    [SkippableFact]
    public void A_neighbour_is_added_listed_and_removed() => KernelTest.Run(c =>
    {
        c.Pair("a0", "a1");
        Iproute.Ip("link set a0 up");
        var neighbour = new NeighbourMessage { Family = AddressFamily.Inet, Index = Iproute.Index("a0"), State = NeighbourState.Permanent, Destination = InetAddress.Parse("192.0.2.9"), LinkAddress = Mac };
        c.Do(b => b.AddNeighbour(neighbour));
        Assert.Equal(Mac.ToString(), (string?)Iproute.Show("-4 neigh show dev a0 192.0.2.9").Single()!["lladdr"]);

        var listed = Assert.Single(KernelTest.List<NeighbourMessage>(l => c.DumpNeighbours(l, AddressFamily.Inet, neighbour.Index)));
        Assert.Equal(Mac, listed.LinkAddress);
        Assert.Equal(NeighbourState.Permanent, listed.State);
        Assert.NotNull(listed.Age);
        c.Do(b => b.DeleteNeighbour(neighbour));
        Assert.Empty(Iproute.Show("-4 neigh show dev a0"));
    }, LinkKinds.Veth);

    [SkippableFact]
    public void A_forwarding_entry_is_added_listed_and_removed() => KernelTest.Run(c =>
    {
        c.Do(b =>
        {
            b.NewLink(new LinkMessage { Index = 500, Name = "br0", Data = new Bridge() });
            b.NewLink(new LinkMessage { Index = 501, Name = "a0", Master = 500, Data = new Veth { Peer = new LinkMessage { Name = "a1" } } });
        });
        var entry = new NeighbourMessage { Family = AddressFamily.Bridge, Index = 501, State = NeighbourState.NoArp, Flags = NeighbourFlags.Master, LinkAddress = Mac };
        c.Do(b => b.AddNeighbour(entry));
        Assert.Contains(Iproute.ShowBridge("fdb show br br0"), e => (string?)e!["mac"] == Mac.ToString() && (string?)e["state"] == "static");

        // A kernel with VLAN filtering adds one for each VLAN of the port too.
        var listed = Assert.Single(KernelTest.List<NeighbourMessage>(l => c.DumpForwarding(l, 500)), e => e.LinkAddress == Mac && e.Vlan is null);
        Assert.Equal(501, listed.Index);
        Assert.Equal(500, listed.Master);
        Assert.Equal(NeighbourState.NoArp, listed.State);
        Assert.Contains(KernelTest.List<NeighbourMessage>(l => c.DumpForwarding(l)), e => e.LinkAddress == Mac);

        c.Do(b => b.DeleteNeighbour(entry));
        Assert.DoesNotContain(KernelTest.List<NeighbourMessage>(l => c.DumpForwarding(l, 500)), e => e.LinkAddress == Mac);
    }, LinkKinds.Bridge, LinkKinds.Veth);
}
