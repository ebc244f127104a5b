using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>A small node as the kernel lists it: a NIC, a bond with LACP, a VLAN on it, a filtering bridge with a guest.</summary>
internal static class NodeLinks
{
    public static List<LinkMessage> List() =>
    [
        Link(1, "lo", 772, link => link.Address = MacAddress.Parse("00:00:00:00:00:00")),
        Link(2, "enp1s1", 1, link =>
        {
            link.Master = 4;
            link.PortKind = LinkKinds.Bond;
            link.PortData = Port(1, LacpPortState.Activity | LacpPortState.Aggregation | LacpPortState.Synchronization | LacpPortState.Collecting | LacpPortState.Distributing);
            link.Alias = "uplink \"A\" \\ rack 7";
        }),
        Link(3, "enp2s1", 1, link =>
        {
            link.Master = 4;
            link.PortKind = LinkKinds.Bond;
            link.PortData = Port(2, LacpPortState.Activity | LacpPortState.Defaulted, BondMiiStatus.Down);
            link.Carrier = false;
            link.OperState = OperState.Down;
            link.Flags &= ~LinkFlags.Running;
        }),
        Link(4, "bond_data", 1, link => link.Data = new Bond
        {
            Mode = BondMode.Ieee8023ad,
            MinLinks = 1,
            AdInfo = new BondAdInfo(1, 1, 9, 9, MacAddress.Parse("02:00:00:00:00:99")),
        }),
        Link(5, "bond_data.20", 1, link =>
        {
            link.Link = 4;
            link.Data = new Vlan { Id = 20, Protocol = Vlan.Protocol8021Q };
        }),
        Link(6, "br0", 1, link => link.Data = new Bridge { VlanFiltering = true }),
        Link(7, "tap0", 1, link =>
        {
            link.Master = 6;
            link.Data = new Tun();
            link.Promiscuity = 1;
        }),
        Link(8, "veth1", 1, link =>
        {
            link.Link = 2;
            link.LinkNetnsId = 3;
            link.Kind = LinkKinds.Veth;
            link.SetUp(false);
            link.Group = 42;
        }),
    ];

    public static List<LinkMessage> Ports() =>
    [
        new() { Family = AddressFamily.Bridge, Index = 6, Master = 6, Name = "br0", BridgeVlans = [new BridgeVlan(1, BridgeVlanFlags.Pvid | BridgeVlanFlags.Untagged)] },
        new() { Family = AddressFamily.Bridge, Index = 7, Master = 6, Name = "tap0", BridgeVlans = [new BridgeVlan(1), new BridgeVlan(21, 100)] },
    ];

    public static LinkMessage Link(int index, string name, ushort type, Action<LinkMessage>? more = null)
    {
        var link = new LinkMessage
        {
            Index = index,
            Name = name,
            HardwareType = type,
            Flags = LinkFlags.Up | LinkFlags.Broadcast | LinkFlags.Multicast | LinkFlags.Running | LinkFlags.LowerUp,
            OperState = OperState.Up,
            Address = new MacAddress(0x02_00_00_00_00_00u + (ulong)index),
            BroadcastAddress = MacAddress.Parse("ff:ff:ff:ff:ff:ff"),
            Mtu = 1500,
            TxQueueLength = 1000,
            Carrier = true,
            CarrierChanges = 3,
            CarrierUpCount = 2,
            CarrierDownCount = 1,
            LinkMode = 0,
            Group = 0,
            Promiscuity = 0,
            Statistics = Statistics((ulong)index),
        };
        more?.Invoke(link);
        link.Kind ??= link.Data?.Kind;
        return link;
    }

    // Each field another number, so that none can stand for another; the largest beyond what a double holds.
    private static LinkStatistics Statistics(ulong index) => new()
    {
        RxPackets = 1000 + index,
        TxPackets = 2000 + index,
        RxBytes = ulong.MaxValue - index,
        TxBytes = 4000 + index,
        RxErrors = 1,
        TxErrors = 2,
        RxDropped = 10,
        RxMissedErrors = 20,
        TxDropped = 4,
        Multicast = 5,
        Collisions = 6,
        RxLengthErrors = 100,
        RxOverErrors = 200,
        RxCrcErrors = 400,
        RxFrameErrors = 800,
        RxFifoErrors = 7,
        TxAbortedErrors = 1000,
        TxCarrierErrors = 2000,
        TxHeartbeatErrors = 4000,
        TxWindowErrors = 8000,
        TxFifoErrors = 8,
        RxCompressed = 9,
        TxCompressed = 11,
        RxNoHandler = 12,
    };

    private static BondPort Port(ushort aggregator, LacpPortState actor, BondMiiStatus status = BondMiiStatus.Up) => new()
    {
        State = BondPortState.Active,
        MiiStatus = status,
        LinkFailureCount = 2,
        AggregatorId = aggregator,
        ActorOperPortState = actor,
        PartnerOperPortState = LacpPortState.Activity,
    };
}
