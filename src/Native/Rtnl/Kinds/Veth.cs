using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>
/// A virtual Ethernet pair. The peer is named on creation only; afterwards the kernel shows the peer's index as
/// <see cref="LinkMessage.Link"/>, with <see cref="LinkMessage.LinkNetnsId"/> if it is in another namespace.
/// </summary>
public sealed class Veth : LinkData
{
    private const int VETH_INFO_PEER = 1;

    public override string Kind => LinkKinds.Veth;

    /// <summary>The other end. The kernel heeds its wanted index only if this end asks for one too.</summary>
    public LinkMessage? Peer { get; set; }

    public override void Reset() => Peer = null;

    public override void Decode(AttributeReader reader)
    {
        var known = Peer;
        Reset();
        while (reader.Next())
        {
            if (reader.Type != VETH_INFO_PEER)
                continue;
            // A peer may say how its own peer is to be, and so on; nothing but an attack would.
            Peer = known ?? new LinkMessage();
            Peer.DecodePeer(reader.Value, reader.Offset + 4);
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
        if (Peer is null)
            return;
        var peer = writer.BeginNested(VETH_INFO_PEER);
        Peer.Encode(writer);
        writer.EndNested(peer);
    }
}
