using System.Net;
using System.Net.Sockets;
using NodeAgent.Network.Spec;

namespace NodeAgent.Systemd;

/// <summary>
/// A server answers a request on its own socket. Only silence counts: a connection that is refused or has no way (a socket's file removed,
/// an address taken away) is nothing a restart would mend.
/// </summary>
/// <param name="name">For people.</param>
/// <param name="where">Where it listens: an IPEndPoint or a Unix socket's.</param>
/// <param name="version">HTTP/1.1, or HTTP/2 with prior knowledge.</param>
public sealed class ServerHeartbeat(string name, EndPoint where, Version version) : IHeartbeat
{
    public async Task<string?> Problem(TimeSpan within, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(within);
        try
        {
            // A connection of its own each time: whether new ones are taken is part of the question.
            using var handler = new SocketsHttpHandler { ConnectCallback = async (_, stop) => await Connect(stop).ConfigureAwait(false), UseProxy = false, AllowAutoRedirect = false };
            using var client = new HttpMessageInvoker(handler, disposeHandler: false);
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/healthz") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var response = await client.SendAsync(request, limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{name} has not answered within {Durations.Format(within)}";
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<Stream> Connect(CancellationToken cancellation)
    {
        EndPoint target = where is IPEndPoint { Address: var address } end && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new IPEndPoint(address.Equals(IPAddress.Any) ? IPAddress.Loopback : IPAddress.IPv6Loopback, end.Port)
            : where;
        var socket = new Socket(where.AddressFamily, SocketType.Stream, where is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(target, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
