using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace NodeAgent.Hosting;

/// <summary>gRPC on the Unix socket.</summary>
internal sealed class GrpcSocketListener(string path) : Listener
{
    public override string Name => "grpc socket";

    public override string Place => path;

    public override Socket Bind() => UnixSocket.Bind(path, null);

    public override void Limit(KestrelServerOptions options)
    {
    }

    public override void Configure(ListenOptions options) => options.Protocols = HttpProtocols.Http2;

    public override void Map(WebApplication app, DaemonParts parts)
    {
    }
}
