using NodeAgent.Cli;

namespace NodeAgent.Hosting;

/// <summary>What the configuration asks to be served.</summary>
public static class DaemonListeners
{
    /// <summary>Binds everything in the calling thread's network namespace, so far as it can.</summary>
    public static Listeners Of(Settings settings)
    {
        var configuration = settings.Configuration;
        var listeners = new List<Listener> { new GrpcSocketListener(configuration.Grpc.Socket.Path ?? Path.Combine(settings.Paths.Run, "nodeagent.sock")) };
        if (configuration.Metrics.Address is { } address) listeners.Add(new HttpListener(address));
        return new Listeners(listeners);
    }
}
