using System.Net.Sockets;
using Grpc.Net.Client;

namespace NodeAgent.Tests.Interop.Stock;

/// <summary>A channel of src/Grpc to a Unix socket.</summary>
internal static class UnixChannel
{
    public static GrpcChannel To(string path) => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, cancellation) => Connect(path, cancellation) },
        DisposeHttpClient = true,
    });

    private static async ValueTask<Stream> Connect(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
