using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Native.Rtnl;

/// <summary>
/// A link: RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK (struct ifinfomsg and IFLA_… of linux/if_link.h).
/// In a request name only what is to be set; a decoded message also carries what the kernel alone decides.
/// With <see cref="Family"/> <see cref="AddressFamily.Bridge"/> it is a bridge's view of a port (or of itself): its
/// <see cref="PortData"/> and <see cref="BridgeVlans"/>, and an RTM_DELLINK then says that the port left, not that the link is gone.
/// </summary>
public sealed partial class LinkMessage
{
    public AddressFamily Family { get; set; }

    /// <summary>ARPHRD_… of linux/if_arp.h: 1 Ethernet, 772 loopback, 65534 none.</summary>
    public ushort HardwareType { get; set; }

    /// <summary>In a request to create, the wanted index, or 0 to let the kernel choose.</summary>
    public int Index { get; set; }

    public LinkFlags Flags { get; set; }

    /// <summary>In a request, which of <see cref="Flags"/> to set. The kernel reads 0 beside flags as "all".</summary>
    public LinkFlags Change { get; set; }

    /// <summary>Null too for links whose address is not 6 bytes long.</summary>
    public MacAddress? Address { get; set; }

    public MacAddress? BroadcastAddress { get; set; }

    public string? Name { get; set; }

    public uint? Mtu { get; set; }

    /// <summary>Index of the base (VLAN, macvlan), the carrier (vxlan) or the peer (veth); its own for links without one.</summary>
    public int? Link { get; set; }

    /// <summary>Index of the bridge or bond it is a port of. Written 0, it leaves its master.</summary>
    public int? Master { get; set; }

    public uint? TxQueueLength { get; set; }

    public OperState? OperState { get; set; }

    /// <summary>IF_LINK_MODE_…: 0 default, 1 dormant, which keeps it from being up until user space says so.</summary>
    public byte? LinkMode { get; set; }

    /// <summary>Free text of up to 255 bytes.</summary>
    public string? Alias { get; set; }

    /// <summary>Link group: a number many links can share, to be changed or removed in one request.</summary>
    public uint? Group { get; set; }

    /// <summary>Write only: descriptor of the namespace to create it in or move it to.</summary>
    public int? NetnsFd { get; set; }

    /// <summary>How many users want it promiscuous.</summary>
    public uint? Promiscuity { get; set; }

    /// <summary>How many users want it to take all multicast; Linux 6.0.</summary>
    public uint? AllMulticast { get; set; }

    public uint? TxQueues { get; set; }

    public uint? RxQueues { get; set; }

    public bool? Carrier { get; set; }

    public uint? CarrierChanges { get; set; }

    /// <summary>The namespace <see cref="Link"/> is in, if another one; -1 if it has no id here.</summary>
    public int? LinkNetnsId { get; set; }

    /// <summary>Held down by a protocol in user space.</summary>
    public bool? ProtocolDown { get; set; }

    public uint? CarrierUpCount { get; set; }

    public uint? CarrierDownCount { get; set; }

    public uint? MinMtu { get; set; }

    /// <summary>0 for no limit.</summary>
    public uint? MaxMtu { get; set; }

    /// <summary>Burnt in: physical links have one, whatever <see cref="Address"/> is set to. Linux 5.6.</summary>
    public MacAddress? PermanentAddress { get; set; }

    /// <summary>"0000:3b:00.0"; physical links have one. Linux 5.14.</summary>
    public string? ParentDevice { get; set; }

    /// <summary>"pci"</summary>
    public string? ParentBus { get; set; }

    /// <summary>"bond", "vlan"; null for physical links and the loopback. Taken from <see cref="Data"/> if not set.</summary>
    public string? Kind { get; set; }

    /// <summary>The kind of its master. Taken from <see cref="PortData"/> if not set.</summary>
    public string? PortKind { get; set; }

    /// <summary>What is particular to the kind; null for kinds that are not modelled.</summary>
    public LinkData? Data { get; set; }

    /// <summary>
    /// What the master says about this port: <see cref="BondPort"/> or <see cref="BridgePort"/>. To be set in a request of its
    /// own, after the one that sets <see cref="Master"/>: the kernel applies it to the master the link had before.
    /// </summary>
    public LinkData? PortData { get; set; }

    public List<string>? AlternativeNames { get; set; }

    public LinkStatistics? Statistics { get; set; }

    /// <summary>Of messages with family <see cref="AddressFamily.Bridge"/>: the VLANs of the port, or of the bridge itself.</summary>
    public List<BridgeVlan>? BridgeVlans { get; set; }

    public bool IsUp => (Flags & LinkFlags.Up) != 0;

    /// <summary>For a request: set it administratively up or down.</summary>
    public LinkMessage SetUp(bool up)
    {
        Flags = up ? Flags | LinkFlags.Up : Flags & ~LinkFlags.Up;
        Change |= LinkFlags.Up;
        return this;
    }

    public void Reset()
    {
        Family = AddressFamily.Unspecified;
        HardwareType = 0;
        Index = 0;
        Flags = LinkFlags.None;
        Change = LinkFlags.None;
        Address = null;
        BroadcastAddress = null;
        Name = null;
        Mtu = null;
        Link = null;
        Master = null;
        TxQueueLength = null;
        OperState = null;
        LinkMode = null;
        Alias = null;
        Group = null;
        NetnsFd = null;
        Promiscuity = null;
        AllMulticast = null;
        TxQueues = null;
        RxQueues = null;
        Carrier = null;
        CarrierChanges = null;
        LinkNetnsId = null;
        ProtocolDown = null;
        CarrierUpCount = null;
        CarrierDownCount = null;
        MinMtu = null;
        MaxMtu = null;
        PermanentAddress = null;
        ParentDevice = null;
        ParentBus = null;
        Kind = null;
        PortKind = null;
        Data = null;
        PortData = null;
        AlternativeNames = null;
        Statistics = null;
        BridgeVlans = null;
    }

    public override string ToString() => Name is null ? $"link {Index}" : $"{Name} ({Index}{(Kind is null ? "" : $", {Kind}")})";
}
