using System.Diagnostics;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Cli;

/// <summary>A command on a node without agent pays nothing for being able to talk to one.</summary>
public sealed class LeanStartTests
{
    private static readonly string[] s_forbidden = ["NodeAgent.Grpc.dll", "Google.Protobuf.dll", "Google.Api.CommonProtos.dll", "System.Net.Http.dll", "System.Net.Sockets.dll", "Microsoft.AspNetCore."];

    [SkippableFact]
    public void Without_a_socket_nothing_of_gRPC_and_HTTP_is_loaded()
    {
        Skip.If(NetworkNamespace.WhyNot is not null, NetworkNamespace.WhyNot);
        var loaded = NetworkNamespace.Run(() => Loaded("net", "watch", "--run-dir", "/nonexistent"));
        Assert.Contains("nodeagent.dll", loaded);
        Assert.DoesNotContain(loaded, static file => s_forbidden.Any(f => file.StartsWith(f, StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void With_a_socket_it_is()
    {
        Skip.If(NetworkNamespace.WhyNot is not null, NetworkNamespace.WhyNot);
        var loaded = NetworkNamespace.Run(() =>
        {
            using var server = new ApiServer(static () => throw new NotSupportedException());
            server.State.Publish(new NodeAgent.Network.Drift.NetworkChange(null, new NodeAgent.Network.Model.NetworkSnapshot(), "start"));
            return Loaded("net", "watch", "--socket", server.Socket);
        });
        Assert.Contains("NodeAgent.Grpc.dll", loaded);
        Assert.Contains("System.Net.Http.dll", loaded);
    }

    /// <summary>The assemblies in memory once the first line of output has come.</summary>
    private static HashSet<string> Loaded(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "nodeagent"), arguments) { RedirectStandardOutput = true })!;
        try
        {
            Assert.Contains("watching", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
            return [.. File.ReadLines($"/proc/{process.Id}/maps").Where(static l => l.EndsWith(".dll", StringComparison.Ordinal)).Select(static l => Path.GetFileName(l))];
        }
        finally
        {
            process.Kill();
        }
    }
}
