using NodeAgent.Config;

namespace NodeAgent.Api.Nodes;

/// <summary>Where the daemon is reached, as clients write it.</summary>
internal static class Endpoints
{
    public static IEnumerable<string> Of(HostPaths paths, AgentConfiguration configuration)
    {
        yield return "unix:" + (configuration.Grpc.Socket.Path ?? paths.Socket);
        if (configuration.Grpc.Tcp is { } tcp) yield return $"https://{tcp.Address}";
        if (configuration.Metrics.Address is { } metrics) yield return $"http://{metrics}/metrics";
    }
}
