using System.Net;
using System.Net.Sockets;

namespace NodeAgent.Network.Applying.Probes;

/// <summary>Tries to open a TCP connection, again and again until the time is over: right after a change the first SYNs may be lost.</summary>
internal static class TcpProbe
{
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Null where it was accepted, otherwise the last problem.</summary>
    public static string? Run(string host, int port, TimeSpan timeout, TimeProvider clock, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var left = timeout - clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || cancellation.IsCancellationRequested) return $"no connection within {timeout.TotalSeconds:0.#} s";
            var problem = Attempt(host, port, left < s_attempt ? left : s_attempt);
            if (problem is null) return null;
            left = timeout - clock.GetElapsedTime(start);
            if (left <= s_pause) return $"{problem}, tried for {timeout.TotalSeconds:0.#} s";
            cancellation.WaitHandle.WaitOne(s_pause);
        }
    }

    private static string? Attempt(string host, int port, TimeSpan limit)
    {
        try
        {
            // Resolved on this thread: it is in the namespace that counts.
            var address = IPAddress.TryParse(host, out var literal) ? literal : Dns.GetHostAddresses(host)[0];
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                socket.Connect(new IPEndPoint(address, port));
                return null;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
            }

            if (!socket.Poll(limit, SelectMode.SelectWrite)) return "no answer";
            var error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            return error == 0 ? null : new SocketException(error).Message;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }
}
