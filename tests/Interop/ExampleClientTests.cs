using System.Diagnostics;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Interop.Daemon;
using NodeAgent.Tests.Interop.Stock;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Interop;

/// <summary>examples/clients, by the commands of its README.</summary>
public sealed class ExampleClientTests(ExampleClientTests.Node node) : IClassFixture<ExampleClientTests.Node>
{
    [SkippableFact]
    public void Python() => Shows("python", Block("mkdir -p gen"));

    [SkippableFact]
    public void Javascript() => Shows("node", "node client.js SOCKET");

    /// <summary>The commands of the README that begin with some words, to the end of their block.</summary>
    private static string Block(string beginning)
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", "clients", "README.md"));
        Assert.Contains("`node client.js SOCKET`", readme, StringComparison.Ordinal);
        var start = readme.IndexOf(beginning, StringComparison.Ordinal);
        Assert.True(start >= 0, $"README.md has no commands that begin with '{beginning}'");
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private void Shows(string language, string commands)
    {
        StockTools.Need(language);
        var start = new ProcessStartInfo("bash", ["-c", "set -e\n" + commands.Replace("SOCKET", node.Socket, StringComparison.Ordinal)])
        {
            WorkingDirectory = Path.Combine(AppContext.BaseDirectory, "examples", "clients"),
            RedirectStandardOutput = true,
        };
        start.Environment["NODE_PATH"] = StockTools.NodeModules;
        using var example = Process.Start(start)!;
        try
        {
            Assert.Matches("^[^ ]+: agent [^ ]+, [0-9]+ links, [0-9]+ problems$", example.StandardOutput.ReadLine());
            var lines = new List<string>();
            while (example.StandardOutput.ReadLine() is { } line)
            {
                lines.Add(line);
                if (line.Contains(" enp1s0 up mtu 1500", StringComparison.Ordinal)) return;
            }

            Assert.Fail($"the client ended before it showed the link enp1s0, after:\n{string.Join('\n', lines)}");
        }
        finally
        {
            example.Kill(entireProcessTree: true);
        }
    }

    public sealed class Node : IDisposable
    {
        private readonly Lazy<SandboxDaemon> _daemon = new(static () => new SandboxDaemon());

        public string Socket
        {
            get
            {
                Skip.IfNot(Environment.UserName == "root", "the sandbox needs root to make a network namespace");
                KernelSupport.Require(LinkKinds.Veth, LinkKinds.Bridge);
                return _daemon.Value.SocketPath;
            }
        }

        public void Dispose()
        {
            if (_daemon.IsValueCreated) _daemon.Value.Dispose();
        }
    }
}
