using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>Who keeps the VLANs: BRIDGE_FLAGS_… of linux/if_bridge.h.</summary>
public enum BridgeVlanTarget : ushort
{
    /// <summary>The bridge that the link is a port of.</summary>
    Master = 1,

    /// <summary>The link itself: a bridge, for frames to and from the host.</summary>
    Self = 2,
}

/// <summary>RTM_SETLINK or RTM_DELLINK with family AF_BRIDGE: VLANs of a port to add or remove.</summary>
internal sealed class BridgeVlanRequest(int index, BridgeVlanTarget target, IReadOnlyList<BridgeVlan> vlans) : INetlinkMessage
{
    private const int IFLA_AF_SPEC = 26;

    public void Decode(ReadOnlySpan<byte> payload) => throw new NotSupportedException("A request is never received.");

    public void Encode(NetlinkWriter writer)
    {
        writer.WriteStruct(new IfInfoMsg { Family = AddressFamily.Bridge, Index = index });
        var spec = writer.BeginNested(IFLA_AF_SPEC);
        writer.WriteUInt16(BridgeVlan.IFLA_BRIDGE_FLAGS, (ushort)target);
        for (var i = 0; i < vlans.Count; i++)
            vlans[i].Encode(writer);
        writer.EndNested(spec);
    }
}
