using System.Net.Sockets;

namespace NodeAgent.Network.Remote;

/// <summary>The way to an agent's Unix socket.</summary>
internal static class DaemonSocket
{
    /// <summary>A connection; null where nobody listens: there is no such file, or its owner has gone.</summary>
    /// <exception cref="DaemonException">Somebody listens and this user does not get in, or something else is in the way.</exception>
    public static Socket? TryConnect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            socket.Dispose();
            return e switch
            {
                // connect(2): ECONNREFUSED without a listener, ENOENT without a file.
                SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable } => null,
                SocketException { SocketErrorCode: SocketError.AccessDenied } => throw new DaemonException($"the agent's socket {path} is not open to you (permission denied): become root, or a member of the group that grpc.socket.group of its configuration names; --local works without the agent", e),
                _ => throw new DaemonException($"the agent's socket {path} cannot be connected to: {e.Message}; --local works without the agent", e),
            };
        }
    }

    /// <summary>Like <see cref="TryConnect"/>, without holding up a thread, for further connections of a channel.</summary>
    public static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
