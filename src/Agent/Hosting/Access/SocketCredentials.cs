using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NodeAgent.Hosting.Access;

/// <summary>Asks the kernel who is at the other end of a Unix socket. https://man7.org/linux/man-pages/man7/unix.7.html</summary>
internal static class SocketCredentials
{
    private const int SOL_SOCKET = 1;
    private const int SO_PEERCRED = 17;
    private const int SO_PEERGROUPS = 59;

    // NGROUPS_MAX of linux/limits.h.
    private const int MaxGroups = 65536;

    /// <exception cref="SocketException">The kernel does not tell.</exception>
    public static UnixPeer Of(Socket socket)
    {
        // struct ucred: pid, uid, gid.
        Span<uint> credentials = stackalloc uint[3];
        socket.GetRawSocketOption(SOL_SOCKET, SO_PEERCRED, MemoryMarshal.AsBytes(credentials));
        return new UnixPeer(credentials[1], (int)credentials[0], [credentials[2], .. Groups(socket)]);
    }

    private static uint[] Groups(Socket socket)
    {
        for (var room = 64; ; room *= 4)
        {
            var groups = new uint[room];
            try
            {
                var length = socket.GetRawSocketOption(SOL_SOCKET, SO_PEERGROUPS, MemoryMarshal.AsBytes(groups.AsSpan()));
                return groups[..(length / sizeof(uint))];
            }
            catch (SocketException) when (room < MaxGroups)
            {
                // ERANGE: there are more.
            }
        }
    }
}
