using System.Collections.Concurrent;
using System.Net.Sockets;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>The echo service on Kestrel, on a Unix socket in a folder of its own.</summary>
public sealed class EchoServer : IAsyncDisposable
{
    /// <summary>No test waits longer: what takes this long hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-grpc-");
    private readonly ConcurrentBag<Socket> _clients = [];
    private readonly WebApplication _app;

    private EchoServer(Setup setup)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            setup.Kestrel?.Invoke(kestrel);
            kestrel.ListenUnixSocket(SocketPath, listen => listen.Protocols = setup.Protocols);
        });
        builder.Services.AddSingleton(Service);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = setup.ShutdownTimeout);
        if (setup.Time is { } time)
            builder.Services.AddSingleton(time);
        setup.Services?.Invoke(builder.Services);
        builder.Services.AddGrpc(options => setup.Grpc?.Invoke(options));
        _app = builder.Build();
        if (setup.Instead is { } instead)
            _app.Run(context => Task.Run(() => instead(context)));
        else
            setup.Map(_app);
    }

    public EchoService Service { get; } = new();

    public string SocketPath => Path.Combine(_folder.FullName, "grpc.sock");

    public IServiceProvider Services => _app.Services;

    public static Task<EchoServer> StartAsync() => StartAsync(new Setup());

    public static async Task<EchoServer> StartAsync(Setup setup)
    {
        var server = new EchoServer(setup);
        await server._app.StartAsync();
        return server;
    }

    public GrpcChannel Channel(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions { HttpHandler = Handler(), DisposeHttpClient = true };
        configure?.Invoke(options);
        return GrpcChannel.ForAddress("http://localhost", options);
    }

    public Echo.EchoClient Client(Action<GrpcChannelOptions>? configure = null) => new(Channel(configure));

    /// <summary>HTTP/2 without gRPC on top.</summary>
    public RawClient Raw() => new(Handler());

    /// <summary>Ends the connections of all clients, as their death would.</summary>
    public void CutConnections()
    {
        foreach (var client in _clients)
            client.Dispose();
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            _clients.Add(socket);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>What differs from one test to the next.</summary>
    public sealed record Setup
    {
        public HttpProtocols Protocols { get; init; } = HttpProtocols.Http2;

        public TimeProvider? Time { get; init; }

        public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);

        public Action<KestrelServerOptions>? Kestrel { get; init; }

        public Action<IServiceCollection>? Services { get; init; }

        /// <summary>Answers every request in place of the service.</summary>
        public Action<HttpContext>? Instead { get; init; }

        public Action<WebApplication> Map { get; init; } = app => app.MapGrpcService<EchoService>();

        public Action<GrpcServiceOptions>? Grpc { get; init; }
    }
}
