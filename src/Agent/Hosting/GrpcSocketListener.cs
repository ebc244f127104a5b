using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using NodeAgent.Hosting.Access;
using NodeAgent.Systemd;

namespace NodeAgent.Hosting;

/// <summary>gRPC on the Unix socket, where the kernel says who calls.</summary>
internal sealed class GrpcSocketListener(string path, string? group, Socket? opened, GrpcPipeline pipeline) : Listener
{
    private Socket? _opened = opened;

    public override string Name => "grpc socket";

    public override string Place => path;

    public override IHeartbeat Heartbeat => new ServerHeartbeat("the gRPC server", new UnixDomainSocketEndPoint(path), HttpVersion.Version20);

    public override Socket Bind() => TakeOpened(ref _opened) ?? UnixSocket.Bind(path, group is null ? null : GroupId(group));

    public override void Limit(KestrelServerOptions options) => pipeline.Limit(options.Limits);

    public override void Configure(ListenOptions options, DaemonParts parts)
    {
        options.Protocols = HttpProtocols.Http2;
        options.Use(next => connection =>
        {
            if (connection.Features.Get<IConnectionSocketFeature>() is { } feature) Identify(connection, feature.Socket);
            return next(connection);
        });
    }

    public override void AddServices(IServiceCollection services, IWebHostBuilder host, DaemonParts parts) => pipeline.AddServices(services, parts);

    public override void Map(WebApplication app, DaemonParts parts) => pipeline.Map(app, parts);

    private static void Identify(ConnectionContext connection, Socket socket)
    {
        try
        {
            connection.Features.Set<IPeerFeature>(new PeerFeature(SocketCredentials.Of(socket)));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone already; whoever it was is not let in.
        }
    }

    private static uint GroupId(string group) => AccessRules.GroupId(group)
        ?? throw new IOException($"grpc.socket.group: this machine has no group '{group}': make it (groupadd --system {group}), or name another one");
}
