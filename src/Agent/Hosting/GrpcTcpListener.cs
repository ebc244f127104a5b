using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using NodeAgent.Hosting.Access;

namespace NodeAgent.Hosting;

/// <summary>gRPC over TCP with mutual TLS, where a certificate says who calls.</summary>
internal sealed class GrpcTcpListener(IPEndPoint address, GrpcPipeline pipeline) : Listener
{
    // A client that connects and says nothing, or says it slowly.
    private static readonly TimeSpan s_handshakeWithin = TimeSpan.FromSeconds(5);

    public override string Name => "grpc tcp";

    public override string Place => address.ToString();

    public override Socket Bind() => TcpSocket.Bind(address);

    public override void Limit(KestrelServerOptions options) => pipeline.Limit(options.Limits);

    public override void Configure(ListenOptions options, DaemonParts parts)
    {
        var certificates = parts.Certificates ?? throw new InvalidOperationException("TCP is configured and no certificates were read");
        var log = new HandshakeLog(parts.Logs.CreateLogger("access"), parts.Clock);
        options.Protocols = HttpProtocols.Http2;
        options.Use(log.Around);
        options.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = context => Handshake.Options(context, certificates),
            HandshakeTimeout = s_handshakeWithin,
        });
        options.Use(next => connection =>
        {
            HandshakeLog.Done(connection);
            if (connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate)
                connection.Features.Set<IPeerFeature>(new PeerFeature(ClientIdentities.Of(certificate, (connection.RemoteEndPoint as IPEndPoint)?.Address)));
            return next(connection);
        });
    }

    public override void AddServices(IServiceCollection services, IWebHostBuilder host, DaemonParts parts)
    {
        host.UseKestrelHttpsConfiguration();
        pipeline.AddServices(services, parts);
    }

    public override void Map(WebApplication app, DaemonParts parts) => pipeline.Map(app, parts);
}
