using System.Net;
using NodeAgent.Cli;
using NodeAgent.Systemd;

namespace NodeAgent.Hosting;

/// <summary>What the configuration asks to be served.</summary>
public static class DaemonListeners
{
    /// <summary>Binds everything in the calling thread's network namespace, so far as it can.</summary>
    /// <param name="settings">What is configured.</param>
    /// <param name="activated">Sockets that are open already; they go before the configured addresses.</param>
    public static Listeners Of(Settings settings, ActivatedSockets activated)
    {
        var configuration = settings.Configuration;
        var listeners = new List<Listener> { new GrpcSocketListener(configuration.Grpc.Socket.Path ?? Path.Combine(settings.Paths.Run, "nodeagent.sock"), activated.Take(ActivatedSockets.Grpc)) };
        var metrics = activated.Take(ActivatedSockets.Metrics);
        if ((metrics?.LocalEndPoint as IPEndPoint ?? configuration.Metrics.Address) is { } address) listeners.Add(new HttpListener(address, metrics));
        return new Listeners(listeners);
    }
}
