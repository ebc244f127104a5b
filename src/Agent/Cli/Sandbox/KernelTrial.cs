using NodeAgent.Native.Linux;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;

namespace NodeAgent.Cli.Sandbox;

/// <summary>Finds out what the kernel can make by making it, in the sandbox's own namespace, and removing it again.</summary>
public static class KernelTrial
{
    private const string Name = "na-trial";

    public static KernelParts Of(NetlinkConnection connection, DesiredState layout)
    {
        var missing = new Dictionary<InterfaceType, string>();
        foreach (var spec in layout.Interfaces)
        {
            if (spec.Type is { } type && !missing.ContainsKey(type) && Trial(connection, type) is { } link && Refusal(connection, link) is { } answer) missing[type] = answer;
        }

        var filtering = new LinkMessage { Name = Name, Kind = LinkKinds.Bridge, Data = new Bridge { VlanFiltering = true } };
        return new KernelParts(missing, missing.ContainsKey(InterfaceType.LinuxBridge) ? "no bridge" : Refusal(connection, filtering));
    }

    private static LinkMessage? Trial(NetlinkConnection connection, InterfaceType type) => type switch
    {
        InterfaceType.Bond => new LinkMessage { Name = Name, Kind = LinkKinds.Bond, Data = new Bond() },
        InterfaceType.LinuxBridge => new LinkMessage { Name = Name, Kind = LinkKinds.Bridge, Data = new Bridge() },
        InterfaceType.Dummy => new LinkMessage { Name = Name, Kind = LinkKinds.Dummy, Data = new Dummy() },
        InterfaceType.Vlan => new LinkMessage { Name = Name, Kind = LinkKinds.Vlan, Link = BaseOf(connection), Data = new Vlan { Id = 1 } },
        _ => null,
    };

    private static int BaseOf(NetlinkConnection connection) => connection.GetLink(SandboxLinks.Nics[0])?.Index ?? 1;

    /// <summary>The kernel's answer where it cannot make the link, null where it did.</summary>
    private static string? Refusal(NetlinkConnection connection, LinkMessage link)
    {
        var make = new NetlinkBatch();
        make.NewLink(link);
        if (connection.Execute(make).FirstError is not { } error)
        {
            var remove = new NetlinkBatch();
            remove.DeleteLink(Name);
            connection.Execute(remove).ThrowIfFailed();
            return null;
        }

        return error.Errno is Errno.EOPNOTSUPP or Errno.EINVAL or Errno.ENODEV or Errno.EAFNOSUPPORT
            ? $"{Errno.Name(error.Errno)}{(error.KernelMessage is { Length: > 0 } text ? ": " + text : "")}"
            : throw error;
    }
}
