using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;

namespace NodeAgent.Cli.Sandbox;

/// <summary>The private network namespace of the sandbox.</summary>
public static class SandboxNamespace
{
    /// <summary>
    /// Takes the calling thread into a new network namespace. Threads that it starts follow; those that run already do not, so
    /// this comes before any other work. Whoever may not make one, but stands in an empty one already, stays there.
    /// </summary>
    public static void Enter()
    {
        if (Sched.unshare(Sched.CLONE_NEWNET) == 0) return;
        var errno = Marshal.GetLastPInvokeError();
        if (errno == Errno.EPERM && IsEmpty()) return;
        throw new CliException(ExitCode.Failed, errno == Errno.EPERM
            ? "the sandbox needs a network namespace of its own, and this user may not make one (unshare: EPERM); run it as root, or as: unshare --user --map-root-user --net nodeagent run --sandbox"
            : $"the sandbox needs a network namespace of its own, and the kernel refuses one: unshare: {Errno.Name(errno)} ({Errno.Text(errno)})");
    }

    private static bool IsEmpty()
    {
        using var connection = NetlinkConnection.Open();
        var links = new List<LinkMessage>();
        connection.DumpLinks(links);
        return links.TrueForAll(static l => l.Flags.HasFlag(LinkFlags.Loopback));
    }
}
