using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;

namespace NodeAgent.Network.Kernel;

/// <summary>A link group that nobody uses, for links that are removed together, and the groups they came from.</summary>
internal sealed class ScratchGroup
{
    // Far from the numbers that people use and that /etc/iproute2/group names.
    private const uint First = 1 << 24;

    private readonly Dictionary<string, uint> _former = new(StringComparer.Ordinal);

    private ScratchGroup(uint number) => Number = number;

    public uint Number { get; }

    /// <exception cref="NetlinkException">The links cannot be listed.</exception>
    public static ScratchGroup For(IEnumerable<string> links, NetlinkConnection connection)
    {
        var all = new List<LinkMessage>();
        connection.DumpLinks(all);
        var used = all.Select(link => link.Group ?? 0).ToHashSet();
        var number = First;
        while (used.Contains(number)) number++;

        var group = new ScratchGroup(number);
        var members = links.ToHashSet(StringComparer.Ordinal);
        foreach (var link in all)
        {
            if (link.Name is { } name && members.Contains(name)) group._former[name] = link.Group ?? 0;
        }

        return group;
    }

    /// <summary>Puts the links that are still there where they were, as far as the kernel takes it.</summary>
    public void GiveBack(NetlinkConnection connection)
    {
        using var batch = new NetlinkBatch();
        foreach (var (link, former) in _former) batch.SetLink(new LinkMessage { Name = link, Group = former }, "give its group back to", link);
        try
        {
            connection.Execute(batch);
        }
        catch (NetlinkException)
        {
            // What is told is why the links could not be removed.
        }
    }
}
