using NodeAgent.Cli;

namespace NodeAgent.Api.Nodes;

/// <summary>Where the daemon is reached, as clients write it.</summary>
internal static class Endpoints
{
    public static IEnumerable<string> Of(Settings settings)
    {
        var configuration = settings.Configuration;
        yield return "unix:" + (configuration.Grpc.Socket.Path ?? Path.Combine(settings.Paths.Run, "nodeagent.sock"));
        if (configuration.Grpc.Tcp is { } tcp) yield return $"https://{tcp.Address}";
        if (configuration.Metrics.Address is { } metrics) yield return $"http://{metrics}/metrics";
    }
}
