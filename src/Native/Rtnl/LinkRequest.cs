using NodeAgent.Native.Linux;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>RTM_GETLINK: under strict checking it may carry nothing but these.</summary>
internal sealed class LinkRequest : INetlinkMessage
{
    private const int IFLA_IFNAME = 3;
    private const int IFLA_MASTER = 10;
    private const int IFLA_LINKINFO = 18;
    private const int IFLA_EXT_MASK = 29;
    private const int IFLA_ALT_IFNAME = 53;
    private const int IFLA_INFO_KIND = 1;

    /// <summary>RTEXT_FILTER_BRVLAN_COMPRESSED</summary>
    internal const uint BridgeVlansCompressed = 1 << 2;

    /// <summary>RTEXT_FILTER_SKIP_STATS: without IPv6's own counters, 350 bytes a link that nobody here reads; the link's come all the same.</summary>
    internal const uint SkipStatistics = 1 << 3;

    /// <summary>Every link, with everything about it.</summary>
    internal static LinkRequest All { get; } = new() { Mask = SkipStatistics };

    internal AddressFamily Family { get; init; }

    internal int Index { get; init; }

    internal string? Name { get; init; }

    internal uint Mask { get; init; }

    internal int? Master { get; init; }

    internal string? Kind { get; init; }

    public void Decode(ReadOnlySpan<byte> payload) => throw new NotSupportedException("A request is never received.");

    public void Encode(NetlinkWriter writer)
    {
        writer.WriteStruct(new IfInfoMsg { Family = Family, Index = Index });
        if (Mask != 0)
            writer.WriteUInt32(IFLA_EXT_MASK, Mask);
        writer.WriteInt32(IFLA_MASTER, Master);
        // Longer names are alternative names; the kernel looks for those under short names as well.
        writer.WriteString(Name?.Length > NetIf.MaxNameLength ? IFLA_ALT_IFNAME : IFLA_IFNAME, Name);
        if (Kind is null)
            return;
        var info = writer.BeginNested(IFLA_LINKINFO);
        writer.WriteString(IFLA_INFO_KIND, Kind);
        writer.EndNested(info);
    }
}
