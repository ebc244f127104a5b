using System.Buffers.Text;
using System.Text;
using NodeAgent.Files;
using NodeAgent.Migration.Guests.Parsing;
using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Migration.Model;
using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Guests;

/// <summary>Finds where a guest's migration goes to or comes from: the other end of the one TCP connection that its process holds for it.</summary>
public static class PeerFinder
{
    private const int MostTableBytes = 8 << 20;

    /// <summary>
    /// "192.0.2.7"; null where that cannot be seen: no connection, or to several addresses, a proxy on a Unix socket (KubeVirt), a process that
    /// cannot be read. Opens dozens of files of /proc: for once in a migration, and not for a thread in a hurry.
    /// </summary>
    public static string? Find(HostPaths paths, GuestProcess guest)
    {
        var folder = ProcessFiles.Folder(paths, guest.Pid);
        var own = SocketsOf(folder);
        if (own.Count == 0) return null;
        var sockets = new List<TcpSocket>();
        TcpTable.Parse(HostFile.ReadBytes($"{folder}/net/tcp", MostTableBytes, out _), sockets);
        TcpTable.Parse(HostFile.ReadBytes($"{folder}/net/tcp6", MostTableBytes, out _), sockets);
        var commandLine = HostFile.ReadBytes($"{folder}/cmdline", HostFile.MaxBytes, out _) ?? [];
        var peer = PeerRule.Choose(sockets, own, Encoding.UTF8.GetString(commandLine));
        return peer is not null && ProcessFiles.IsStill(paths, guest) ? peer.ToString() : null;
    }

    private static HashSet<ulong> SocketsOf(string folder)
    {
        const int prefix = 8;
        var own = new HashSet<ulong>();
        Span<byte> target = stackalloc byte[64];
        foreach (var descriptor in HostFile.List($"{folder}/fd", out _))
        {
            var length = Unistd.ReadLink($"{folder}/fd/{descriptor}", target);
            if (length > prefix && target.StartsWith("socket:["u8) && Utf8Parser.TryParse(target[prefix..length], out ulong inode, out _)) own.Add(inode);
        }

        return own;
    }
}
