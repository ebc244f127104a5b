using System.Diagnostics;
using System.Text.Json.Nodes;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Cli;

/// <summary>`nodeagent run --sandbox` as a process of its own, and commands inside through the script that it prints.</summary>
public sealed class SandboxTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public void It_repairs_inside_changes_nothing_outside_and_leaves_nothing_behind()
    {
        Skip.IfNot(Environment.UserName == "root", "the sandbox needs root to make a network namespace");
        Skip.If(Command.Try("nsenter", "--version").Status != 0, "nsenter (util-linux) is not there");
        KernelSupport.Require(LinkKinds.Veth, LinkKinds.Bridge);
        // Outside is a namespace that no other test knows: what changes there was changed by the sandbox.
        NetworkNamespace.Run(RunOutside);
    }

    private static void RunOutside()
    {
        Command.Line("ip link add outside type bridge");
        var before = Command.Run("ip", "-br", "link");
        using var daemon = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "nodeagent"), ["run", "--sandbox"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            daemon.ErrorDataReceived += static (_, _) => { };
            daemon.BeginErrorReadLine();
            var script = ScriptOf(daemon);

            Assert.NotEqual(Command.Run("readlink", "/proc/self/ns/net"), Command.Run("readlink", $"/proc/{daemon.Id}/ns/net"));
            Assert.Equal("linux-bridge", TypeOf(script, "br0"));
            Command.Run(script, "ip", "link", "del", "br0");
            Assert.True(Wait.Until(() => TypeOf(script, "br0") == "linux-bridge", (int)s_patience.TotalSeconds), "br0 did not come back");
            var policies = JsonNode.Parse(Command.Run(script, "nodeagent", "net", "policies", "-o", "json"))!.AsArray();
            Assert.Equal("layout-a", (string?)Assert.Single(policies)!["name"]);

            Assert.Equal(before, Command.Run("ip", "-br", "link"));
            Command.Run("kill", "-TERM", $"{daemon.Id}");
            Assert.True(daemon.WaitForExit(s_patience), "SIGTERM did not end the daemon");
            Assert.Equal(0, daemon.ExitCode);
            Assert.False(Directory.Exists(Path.GetDirectoryName(script)));
        }
        finally
        {
            if (!daemon.HasExited) daemon.Kill();
        }
    }

    /// <summary>The script's path, from the lines on what to try.</summary>
    private static string ScriptOf(Process daemon)
    {
        while (daemon.StandardOutput.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [var script, "nodeagent", "net", "show"]) return script;
        }

        throw new InvalidOperationException("the sandbox ended before it said what to try");
    }

    private static string? TypeOf(string script, string link)
    {
        var (status, output, _) = Command.Try(script, "nodeagent", "net", "show", link, "-o", "json");
        return status == 0 ? (string?)JsonNode.Parse(output)!["type"] : null;
    }
}
