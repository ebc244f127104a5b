using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>What is particular to a kind of link (IFLA_INFO_DATA), or what a master says about a port (IFLA_INFO_SLAVE_DATA).</summary>
public abstract class LinkData
{
    /// <summary>The kernel's name for the kind; for a port, of its master.</summary>
    public abstract string Kind { get; }

    /// <summary>Sets every property to null.</summary>
    public abstract void Reset();

    /// <summary>Fills the properties that the attributes name and sets the others to null.</summary>
    public abstract void Decode(AttributeReader reader);

    /// <summary>Writes the properties that are not null.</summary>
    public abstract void Encode(NetlinkWriter writer);
}
