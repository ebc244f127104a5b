using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NodeAgent.Systemd;

namespace NodeAgent.Hosting;

/// <summary>gRPC on the Unix socket.</summary>
internal sealed class GrpcSocketListener(string path, Socket? opened) : Listener
{
    private Socket? _opened = opened;

    public override string Name => "grpc socket";

    public override string Place => path;

    public override IHeartbeat Heartbeat => new ServerHeartbeat("the gRPC server", new UnixDomainSocketEndPoint(path), HttpVersion.Version20);

    public override Socket Bind() => TakeOpened(ref _opened) ?? UnixSocket.Bind(path, null);

    public override void Limit(KestrelServerOptions options)
    {
    }

    public override void Configure(ListenOptions options) => options.Protocols = HttpProtocols.Http2;

    public override void Map(WebApplication app, DaemonParts parts)
    {
    }
}
