using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using NodeAgent.Config;
using NodeAgent.Hosting.Access;

namespace NodeAgent.Hosting;

/// <summary>What the gRPC listeners have in common: the same services over the same parts, the same limits, the same gate.</summary>
/// <param name="settings">What clients may cost.</param>
/// <param name="add">What the services need, beside the parts.</param>
/// <param name="map">The services.</param>
internal sealed class GrpcPipeline(GrpcLimits settings, Action<IServiceCollection, DaemonParts> add, Action<IEndpointRouteBuilder> map)
{
    public void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = settings.Connections;
        limits.Http2.MaxStreamsPerConnection = settings.Streams;

        // A peer that died without a word (half-open), or that was stopped and reads nothing: found by a ping that is not answered.
        limits.Http2.KeepAlivePingDelay = settings.KeepAlive;
        limits.Http2.KeepAlivePingTimeout = settings.KeepAliveTimeout;

        // A connection without calls, or one that never gets as far as HTTP/2: clients connect again without being asked.
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);

        // Slow-loris: a call's headers have to be here in this time.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);

        // A watcher may read as slowly as it likes: what it costs is bounded by the windows below and by conflation, and the ping finds
        // whoever is gone. (A single request that does not come at Kestrel's rate is cut off; streams of requests are let off by gRPC itself.)
        limits.MinResponseDataRate = null;

        // The length of a stream is no fault; that of a message is limited by grpc.limits.messageBytes.
        limits.MaxRequestBodySize = null;

        // What a client can make the server hold without reading it: so much for each stream, and for a connection with all its streams.
        limits.Http2.InitialStreamWindowSize = 128 << 10;
        limits.Http2.InitialConnectionWindowSize = 1 << 20;
        limits.MaxResponseBufferSize = 64 << 10;

        // gRPC's own default for metadata is 8 KB.
        limits.Http2.MaxRequestHeaderFieldSize = 8 << 10;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestHeaderCount = 100;
    }

    public void AddServices(IServiceCollection services, DaemonParts parts)
    {
        services.AddSingleton(parts.Clock);
        services.AddGrpc(options => options.MaxReceiveMessageSize = settings.MessageBytes);
        add(services, parts);
    }

    public void Map(WebApplication app, DaemonParts parts)
    {
        var log = parts.Logs.CreateLogger("access");
        app.Use(parts.Metrics.Grpc.Wrap);
        app.Use(next => new CallGate(next, parts.Access, log, parts.Clock).InvokeAsync);
        map(app);
    }
}
