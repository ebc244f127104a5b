using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>What a batch may ask of rtnetlink; each comes back as the index of its request.</summary>
public static class RtnlBatch
{
    /// <summary>
    /// Creates a link, or with <paramref name="create"/> false changes one. Creating an existing one is EEXIST.
    /// <see cref="LinkMessage.Index"/> above 0 asks for that index, so that later requests of the batch can refer to it.
    /// </summary>
    public static int NewLink(this NetlinkBatch batch, LinkMessage link, bool create = true, string? operation = null, string? target = null)
    {
        CheckFlags(link);
        var flags = create ? MessageFlags.Create | MessageFlags.Exclusive : MessageFlags.None;
        return batch.Add(RtnlMessageType.NewLink, flags, link, operation ?? (create ? "create link" : "change link"), target ?? Describe(link));
    }

    /// <summary>
    /// Changes a link, found by <see cref="LinkMessage.Index"/> or else by name: also what <see cref="LinkMessage.Data"/> and
    /// <see cref="LinkMessage.PortData"/> name, which RTM_SETLINK would ignore. With family Bridge, a port as its bridge sees it.
    /// </summary>
    public static int SetLink(this NetlinkBatch batch, LinkMessage link, string? operation = null, string? target = null)
    {
        CheckFlags(link);
        var type = link.Family == AddressFamily.Bridge ? RtnlMessageType.SetLink : RtnlMessageType.NewLink;
        return batch.Add(type, MessageFlags.None, link, operation ?? "change link", target ?? Describe(link));
    }

    public static int DeleteLink(this NetlinkBatch batch, int index, string? operation = null, string? target = null)
    {
        if (index <= 0)
            throw new ArgumentOutOfRangeException(nameof(index), index, "A link index is above 0.");
        return batch.Add(RtnlMessageType.DeleteLink, MessageFlags.None, new LinkMessage { Index = index }, operation ?? "remove link", target ?? $"{index}");
    }

    public static int DeleteLink(this NetlinkBatch batch, string name, string? operation = null, string? target = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return batch.Add(RtnlMessageType.DeleteLink, MessageFlags.None, new LinkMessage { Name = name }, operation ?? "remove link", target ?? name);
    }

    /// <summary>Removes all links of a group at once: one wait for the last reader instead of one for each link.</summary>
    public static int DeleteLinkGroup(this NetlinkBatch batch, uint group, string? operation = null, string? target = null)
    {
        // Group 0 is where every link is that nobody put elsewhere.
        ArgumentOutOfRangeException.ThrowIfZero(group);
        return batch.Add(RtnlMessageType.DeleteLink, MessageFlags.None, new LinkMessage { Group = group }, operation ?? "remove link group", target ?? $"{group}");
    }

    /// <summary>Adds an address; an existing one is EEXIST unless <paramref name="replace"/>.</summary>
    public static int NewAddress(this NetlinkBatch batch, AddressMessage address, bool replace = false, string? operation = null, string? target = null) =>
        batch.Add(RtnlMessageType.NewAddress, Adding(replace), address, operation ?? "add address", target ?? address.ToString());

    public static int DeleteAddress(this NetlinkBatch batch, AddressMessage address, string? operation = null, string? target = null) =>
        batch.Add(RtnlMessageType.DeleteAddress, MessageFlags.None, address, operation ?? "remove address", target ?? address.ToString());

    /// <summary>Adds a route; one with the same destination and metric is EEXIST unless <paramref name="replace"/>.</summary>
    public static int NewRoute(this NetlinkBatch batch, RouteMessage route, bool replace = false, string? operation = null, string? target = null) =>
        batch.Add(RtnlMessageType.NewRoute, Adding(replace), route, operation ?? "add route", target ?? route.ToString());

    public static int DeleteRoute(this NetlinkBatch batch, RouteMessage route, string? operation = null, string? target = null) =>
        batch.Add(RtnlMessageType.DeleteRoute, MessageFlags.None, route, operation ?? "remove route", target ?? route.ToString());

    /// <summary>Adds VLANs to a bridge port (or to the bridge itself, with <see cref="BridgeVlanTarget.Self"/>); flags of present ones are replaced.</summary>
    public static int AddBridgeVlans(this NetlinkBatch batch, int index, IReadOnlyList<BridgeVlan> vlans, BridgeVlanTarget on = BridgeVlanTarget.Master, string? operation = null, string? target = null) =>
        batch.Add(RtnlMessageType.SetLink, MessageFlags.None, new BridgeVlanRequest(index, on, vlans), operation ?? "add VLANs to bridge port", target ?? $"{index}");

    public static int DeleteBridgeVlans(this NetlinkBatch batch, int index, IReadOnlyList<BridgeVlan> vlans, BridgeVlanTarget on = BridgeVlanTarget.Master, string? operation = null, string? target = null) =>
        batch.Add(RtnlMessageType.DeleteLink, MessageFlags.None, new BridgeVlanRequest(index, on, vlans), operation ?? "remove VLANs from bridge port", target ?? $"{index}");

    /// <summary>Adds a neighbour or a forwarding entry; an existing one is EEXIST unless <paramref name="replace"/>.</summary>
    public static int AddNeighbour(this NetlinkBatch batch, NeighbourMessage neighbour, bool replace = false, string? operation = null, string? target = null) =>
        batch.Add(RtnlMessageType.NewNeighbour, Adding(replace), neighbour, operation ?? "add neighbour", target ?? neighbour.ToString());

    public static int DeleteNeighbour(this NetlinkBatch batch, NeighbourMessage neighbour, string? operation = null, string? target = null) =>
        batch.Add(RtnlMessageType.DeleteNeighbour, MessageFlags.None, neighbour, operation ?? "remove neighbour", target ?? neighbour.ToString());

    private static MessageFlags Adding(bool replace) => MessageFlags.Create | (replace ? MessageFlags.Replace : MessageFlags.Exclusive);

    private static string Describe(LinkMessage link) => link.Name ?? $"{link.Index}";

    private static void CheckFlags(LinkMessage link)
    {
        if (link.Flags != LinkFlags.None && link.Change == LinkFlags.None)
            throw new ArgumentException($"Flags {link.Flags} without a change mask: the kernel would set every flag. Use SetUp, or set Change.", nameof(link));
    }
}
