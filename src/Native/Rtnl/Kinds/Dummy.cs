using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>A link that drops what it is given; it has no attributes of its own.</summary>
public sealed class Dummy : LinkData
{
    public override string Kind => LinkKinds.Dummy;

    public override void Reset()
    {
    }

    public override void Decode(AttributeReader reader)
    {
        // Unknown attributes are skipped, but a malformed container is still an error.
        while (reader.Next())
        {
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
    }
}
