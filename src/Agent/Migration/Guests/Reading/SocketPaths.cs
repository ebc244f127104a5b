using System.Text;
using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Guests.Reading;

/// <summary>Paths of a command line hold from the folder that its process works in.</summary>
internal static class SocketPaths
{
    /// <summary>Those that begin at the process's own root; one from a folder that cannot be seen is left out.</summary>
    /// <param name="folder">/proc/PID</param>
    /// <param name="sockets">As on the command line.</param>
    public static IReadOnlyList<string> Absolute(string folder, IReadOnlyList<string> sockets)
    {
        if (sockets.All(static s => s.StartsWith('/'))) return sockets;
        var work = FromRoot(folder);
        var found = new List<string>(sockets.Count);
        foreach (var socket in sockets)
        {
            if (socket.StartsWith('/')) found.Add(socket);
            else if (work is not null) found.Add($"{work.TrimEnd('/')}/{socket}");
        }

        return found;
    }

    // Both are as this process sees them; of a container, which has a mount namespace, both as it sees them itself.
    private static string? FromRoot(string folder)
    {
        if (Target($"{folder}/cwd") is not { } work || Target($"{folder}/root") is not { } root) return null;
        if (root == "/") return work;
        return work == root ? "/" : work.StartsWith(root + "/", StringComparison.Ordinal) ? work[root.Length..] : null;
    }

    private static string? Target(string link)
    {
        Span<byte> target = stackalloc byte[4096];
        var length = Unistd.ReadLink(link, target);
        return length > 0 && target[0] == '/' ? Encoding.UTF8.GetString(target[..length]) : null;
    }
}
