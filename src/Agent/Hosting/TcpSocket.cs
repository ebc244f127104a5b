using System.Net;
using System.Net.Sockets;

namespace NodeAgent.Hosting;

/// <summary>TCP sockets for servers.</summary>
internal static class TcpSocket
{
    /// <exception cref="IOException">The address is in use or not this node's.</exception>
    public static Socket Bind(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = address.Address.Equals(IPAddress.IPv6Any);

            // .NET sets SO_REUSEADDR on Unix: a restart is not held up by connections in TIME_WAIT.
            socket.Bind(address);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"{address} cannot be listened on: {Reason(e)}", e);
        }
    }

    private static string Reason(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "another process does already (ss -ltnp shows which)",
        SocketError.AddressNotAvailable => "this node has no such address",
        SocketError.AccessDenied => "this user may not (ports below 1024 need CAP_NET_BIND_SERVICE)",
        _ => e.Message,
    };
}
