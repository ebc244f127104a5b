using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodeAgent.Api;
using NodeAgent.Config;
using NodeAgent.Hosting.Access;
using NodeAgent.Systemd;

namespace NodeAgent.Hosting;

/// <summary>What the configuration asks to be served.</summary>
public static class DaemonListeners
{
    /// <summary>Binds everything in the calling thread's network namespace, so far as it can.</summary>
    /// <param name="configuration">What is configured.</param>
    /// <param name="paths">Where the socket is, if it does not say.</param>
    /// <param name="activated">Sockets that are open already; they go before the configured addresses.</param>
    /// <exception cref="AccessConfigurationException">What is asked for would not be secure: nothing is served, and nothing should run.</exception>
    public static Listeners Of(AgentConfiguration configuration, HostPaths paths, ActivatedSockets activated) =>
        Of(configuration, configuration.Grpc.Socket.Path ?? paths.Socket, activated, ApiServices.Add, ApiServices.Map);

    /// <summary>The same for any services.</summary>
    internal static Listeners Of(AgentConfiguration configuration, string path, ActivatedSockets activated, Action<IServiceCollection, DaemonParts> add, Action<IEndpointRouteBuilder> map)
    {
        var grpc = configuration.Grpc;
        var pipeline = new GrpcPipeline(grpc.Limits, add, map);
        var listeners = new List<Listener> { new GrpcSocketListener(path, grpc.Socket.Group, activated.Take(ActivatedSockets.Grpc), pipeline) };
        if (grpc.Tcp is { } tcp)
        {
            CertificateFiles.Read(tcp);
            listeners.Add(new GrpcTcpListener(tcp.Address, pipeline));
        }

        var metrics = activated.Take(ActivatedSockets.Metrics);
        if ((metrics?.LocalEndPoint as IPEndPoint ?? configuration.Metrics.Address) is { } address) listeners.Add(new HttpListener(address, metrics));
        return new Listeners(listeners);
    }
}
