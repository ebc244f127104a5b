using System.Net;

namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>Which of a guest's connections is its migration's. Pure.</summary>
internal static class PeerRule
{
    /// <summary>What QEMU itself may have its disks on: iSCSI (two ports), NFS, Ceph's monitors (two), NBD, NVMe over TCP, GlusterFS.</summary>
    private static readonly int[] s_storage = [860, 3260, 2049, 3300, 6789, 10809, 4420, 24007];

    /// <summary>
    /// The address at the other end; null where several could be it, or none. Not it: who came in through a port that QEMU listens on (a display),
    /// storage, and addresses that the command line names. Several connections with one address (multifd) are one.
    /// </summary>
    /// <param name="sockets">Of the guest's network namespace.</param>
    /// <param name="own">Inodes of the sockets that the guest holds.</param>
    /// <param name="commandLine">What it was started with.</param>
    public static IPAddress? Choose(IReadOnlyList<TcpSocket> sockets, IReadOnlySet<ulong> own, string commandLine)
    {
        var listening = new HashSet<int>();
        foreach (var socket in sockets)
        {
            if (socket.State == TcpState.Listen && own.Contains(socket.Inode)) listening.Add(socket.Local.Port);
        }

        IPAddress? found = null;
        foreach (var socket in sockets)
        {
            if (socket.State != TcpState.Established || !own.Contains(socket.Inode) || listening.Contains(socket.Local.Port)) continue;
            if (Array.IndexOf(s_storage, socket.Remote.Port) >= 0) continue;
            // From this host to itself: the command line may name the address because QEMU listens on it.
            if (!socket.Remote.Address.Equals(socket.Local.Address) && Names(commandLine, socket.Remote.Address.ToString())) continue;
            if (found is not null && !found.Equals(socket.Remote.Address)) return null;
            found = socket.Remote.Address;
        }

        return found;
    }

    // The address, and not one that it is the beginning or the end of.
    private static bool Names(string commandLine, string address)
    {
        for (var at = 0; (at = commandLine.IndexOf(address, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + address.Length;
            if ((at == 0 || !IsPart(commandLine[at - 1])) && (end == commandLine.Length || !IsPart(commandLine[end]))) return true;
        }

        return false;

        static bool IsPart(char c) => char.IsAsciiHexDigit(c) || c == '.';
    }
}
