using System.Net.Sockets;
using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;
using Socket = System.Net.Sockets.Socket;

namespace NodeAgent.Hosting;

/// <summary>Unix sockets for servers.</summary>
internal static class UnixSocket
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Binds a socket that owner and group may connect to. What a dead process left is replaced, what a live one listens on is not. The file goes with the socket.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="group">The file's group, or null for the process's own.</param>
    /// <exception cref="IOException">The path is taken, or cannot be made.</exception>
    public static Socket Bind(string path, uint? group)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            RemoveStale(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));

            // Nobody can connect yet: the socket does not listen.
            if (group is { } gid && Unistd.chown(path, Unistd.Unchanged, gid) != 0) throw new IOException($"{path} cannot be given to group {gid}: {Errno.Text(Marshal.GetLastPInvokeError())}");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Mode);
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is SocketException or ArgumentException or UnauthorizedAccessException) throw new IOException($"{path} cannot be listened on: {e.Message}", e);
            throw;
        }
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path)) return;
        if (!IsSocket(path)) throw new IOException($"{path} is there and is no socket: move it away, or set grpc.socket.path");

        // Who has no process behind it refuses; everything else is somebody, if only with a full queue or not for us.
        if (Connect(path) != SocketError.ConnectionRefused) throw new IOException($"{path} is listened on by another process: it is not taken from it");
        File.Delete(path);
    }

    private static SocketError Connect(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    // open(2): ENXIO is the answer for sockets alone here.
    private static bool IsSocket(string path)
    {
        using var file = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
        var errno = Marshal.GetLastPInvokeError();
        return file.IsInvalid && errno == Errno.ENXIO;
    }
}
