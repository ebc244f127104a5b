using NodeAgent.Bench.Harness;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Netlink;

/// <summary>Many links of the lightest kind the kernel has.</summary>
internal static class Links
{
    private const int Base = 10;

    /// <summary>Kinds that can hang on one base by the thousand, the one that matters first.</summary>
    private static readonly string[] Kinds = [LinkKinds.Vlan, LinkKinds.Macvlan];

    /// <summary>The kind to use, or null if the kernel has none of them.</summary>
    internal static string? Kind() => Kinds.FirstOrDefault(KernelSupport.Has);

    /// <summary>Runs it in a network namespace with the base and nothing else, with the kind to use; reports a skip where there is none.</summary>
    internal static void Run(Report report, Action<NetlinkConnection, string> compare)
    {
        if (Kind() is not { } kind)
        {
            report.Skip(KernelSupport.WhyNot(LinkKinds.Macvlan)!);
            return;
        }

        NetworkNamespace.Run(() =>
        {
            using var connection = NetlinkConnection.Open();
            CreateBase(connection);
            compare(connection, kind);
        });
    }

    /// <summary>The link they all hang on, up.</summary>
    internal static void CreateBase(NetlinkConnection connection)
    {
        using var batch = new NetlinkBatch();
        batch.NewLink(new LinkMessage { Name = "base", Index = Base, Data = new Veth { Peer = new LinkMessage { Name = "peer", Index = Base + 1 } } }.SetUp(true));
        connection.Execute(batch).ThrowIfFailed();
    }

    internal static LinkMessage Model(string kind, int i) => new()
    {
        Name = Name(i),
        Link = Base,
        Data = kind == LinkKinds.Vlan ? new Vlan { Id = (ushort)(i + 1) } : new Macvlan { Mode = MacvlanMode.Bridge },
    };

    internal static void Create(NetlinkConnection connection, string kind, int count, uint? group = null)
    {
        using var batch = new NetlinkBatch();
        for (var i = 0; i < count; i++)
        {
            var link = Model(kind, i);
            link.Group = group;
            batch.NewLink(link);
        }

        connection.Execute(batch).ThrowIfFailed();
    }

    /// <summary>The indexes of all links there are of the kind.</summary>
    internal static int[] Of(NetlinkConnection connection, string kind)
    {
        var links = new List<LinkMessage>();
        connection.DumpLinks(links);
        return [.. links.Where(link => link.Kind == kind).Select(link => link.Index)];
    }

    /// <summary>Puts them in a group and removes the group, all in one send.</summary>
    internal static void Remove(NetlinkConnection connection, int[] links, uint group)
    {
        using var batch = new NetlinkBatch();
        foreach (var index in links)
            batch.SetLink(new LinkMessage { Index = index, Group = group });
        batch.DeleteLinkGroup(group);
        connection.Execute(batch).ThrowIfFailed();
    }

    internal static void RemoveGroup(NetlinkConnection connection, uint group)
    {
        using var batch = new NetlinkBatch();
        batch.DeleteLinkGroup(group);
        connection.Execute(batch).ThrowIfFailed();
    }

    /// <summary>What ip -batch is given to create the same.</summary>
    internal static string CreateCommands(string kind, int count) => string.Concat(Enumerable.Range(0, count).Select(i =>
        $"link add link base name {Name(i)} type {(kind == LinkKinds.Vlan ? $"vlan id {i + 1}" : "macvlan mode bridge")}\n"));

    internal static string RemoveCommands(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"link del {Name(i)}\n"));

    private static string Name(int i) => $"l{i}";
}
