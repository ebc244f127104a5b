using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NodeAgent.Metrics;
using NodeAgent.Systemd;

namespace NodeAgent.Hosting;

/// <summary>HTTP/1.1 for Prometheus and probes: reading only, nothing secret, no client known.</summary>
internal sealed class HttpListener(IPEndPoint address, Socket? opened) : Listener
{
    private Socket? _opened = opened;

    public override string Name => "http";

    public override string Place => $"http://{address}";

    public override IHeartbeat Heartbeat => new ServerHeartbeat("the HTTP server", address, HttpVersion.Version11);

    public override Socket Bind() => TakeOpened(ref _opened) ?? TcpSocket.Bind(address);

    public override void Limit(KestrelServerOptions options)
    {
        var limits = options.Limits;

        // A scraper, a few probes and people: this many do not come by accident.
        limits.MaxConcurrentConnections = 128;

        // Nothing takes a body.
        limits.MaxRequestBodySize = 0;
        limits.MaxRequestLineSize = 4 << 10;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestHeaderCount = 64;

        // Slow-loris: a request's head has to be here in this time.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);

        // Longer than the usual scrape interval of a minute, so that a scraper keeps its connection; a peer that says nothing is gone then.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);

        // A client that never reads is cut off (MinResponseDataRate, by default 240 bytes a second after 5 s), and meanwhile costs this much.
        limits.MaxResponseBufferSize = 64 << 10;
    }

    public override void Configure(ListenOptions options, DaemonParts parts) => options.Protocols = HttpProtocols.Http1;

    public override void Map(WebApplication app, DaemonParts parts)
    {
        IndexEndpoint.Map(app);
        HealthEndpoints.Map(app, parts);
        MetricsEndpoint.Map(app, parts.Metrics.Registry, parts.Clock, parts.Logs);
    }
}
