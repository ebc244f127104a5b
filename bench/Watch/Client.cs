using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using NodeAgent.Api.V1;

namespace NodeAgent.Bench.Watch;

/// <summary>A connection of its own to a daemon's socket.</summary>
internal sealed class Client : IDisposable
{
    private readonly GrpcChannel _channel;

    public Client(string socket)
    {
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(socket, cancellation) },
            DisposeHttpClient = true,
        });
        Network = new NetworkService.NetworkServiceClient(_channel);
        Storage = new StorageService.StorageServiceClient(_channel);
    }

    public NetworkService.NetworkServiceClient Network { get; }

    public StorageService.StorageServiceClient Storage { get; }

    /// <summary>For calls with messages of the caller's own making.</summary>
    public CallInvoker Invoker => _channel.CreateCallInvoker();

    public void Dispose() => _channel.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
