using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

public sealed class BridgeVlanTests
{
    private static void Build(NetlinkConnection connection) => connection.Do(b =>
    {
        b.NewLink(new LinkMessage { Index = 500, Name = "br0", Data = new Bridge { VlanFiltering = true, VlanDefaultPvid = 0 } });
        b.NewLink(new LinkMessage { Index = 501, Name = "a0", Master = 500, Data = new Veth { Peer = new LinkMessage { Name = "a1" } } });
    });

    private static List<BridgeVlan>? Vlans(NetlinkConnection connection, int index) =>
        Assert.Single(KernelTest.List<LinkMessage>(connection.DumpBridgeVlans), link => link.Index == index).BridgeVlans;

    private static LinkMessage Await(RtnlMonitor monitor, params BridgeVlan[] vlans) =>
        monitor.Await(e => e.Kind == RtnlEventKind.BridgePortChanged && e.Link!.BridgeVlans is { } all && all.SequenceEqual(vlans)).Link!;

    [SkippableFact]
    public void Ranges_are_added_listed_and_removed() => KernelTest.Run(c =>
    {
        Build(c);
        c.Do(b =>
        {
            b.AddBridgeVlans(501, [new BridgeVlan(21, 100), new BridgeVlan(1, BridgeVlanFlags.Pvid | BridgeVlanFlags.Untagged), new BridgeVlan(4094)]);
            b.AddBridgeVlans(500, [new BridgeVlan(20)], BridgeVlanTarget.Self);
        });
        Assert.Equal([new(1, BridgeVlanFlags.Pvid | BridgeVlanFlags.Untagged), new(21, 100), new(4094)], Vlans(c, 501)!);
        Assert.Equal([new(20)], Vlans(c, 500)!);
        var shown = Assert.Single(Iproute.ShowBridge("-c vlan show dev a0"))!["vlans"]!.AsArray();
        Assert.Equal(3, shown.Count);
        Assert.Equal(21, (int)shown[1]!["vlan"]!);
        Assert.Equal(100, (int)shown[1]!["vlanEnd"]!);
        Assert.Contains("PVID", shown[0]!["flags"]!.AsArray().Select(flag => (string?)flag));

        c.Do(b => b.DeleteBridgeVlans(501, [new BridgeVlan(50, 60)]));
        Assert.Equal([new(1, BridgeVlanFlags.Pvid | BridgeVlanFlags.Untagged), new(21, 49), new(61, 100), new(4094)], Vlans(c, 501)!);
    }, LinkKinds.Veth, KernelSupport.VlanFiltering);

    [SkippableFact]
    public void Every_vlan_there_is_fits_in_one_request() => KernelTest.Run(c =>
    {
        Build(c);
        c.Do(b => b.AddBridgeVlans(501, [new BridgeVlan(1, BridgeVlan.MaxId)]));
        Assert.Equal([new(1, BridgeVlan.MaxId)], Vlans(c, 501)!);

        // No two neighbours alike: the longest answer there can be.
        var alternating = Enumerable.Range(1, 4094).Select(id => new BridgeVlan((ushort)id, id % 2 == 0 ? BridgeVlanFlags.Untagged : BridgeVlanFlags.None)).ToList();
        c.Do(b => b.AddBridgeVlans(501, alternating));
        Assert.Equal(alternating, Vlans(c, 501)!);
    }, LinkKinds.Veth, KernelSupport.VlanFiltering);

    [SkippableFact]
    public void A_change_by_someone_else_is_an_event_with_the_whole_set() => KernelTest.Run(c =>
    {
        Build(c);
        using var monitor = RtnlMonitor.Open();
        Iproute.Bridge("vlan add dev a0 vid 30-39");
        Assert.Equal(501, Await(monitor, new BridgeVlan(30, 39)).Index);

        Iproute.Bridge("vlan del dev a0 vid 33");
        Assert.Equal(501, Await(monitor, new BridgeVlan(30, 32), new BridgeVlan(34, 39)).Index);
    }, LinkKinds.Veth, KernelSupport.VlanFiltering);
}
