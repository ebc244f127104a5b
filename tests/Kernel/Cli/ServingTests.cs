using System.Diagnostics;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Cli;

/// <summary>`nodeagent run` as a process of its own: what it serves, what it refuses to start with, and its end.</summary>
public sealed class ServingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-serving-");

    private string Socket => Path.Combine(_folder.FullName, "run", "nodeagent.sock");

    [SkippableFact]
    public void It_serves_while_it_runs_once_for_a_run_folder_and_takes_its_socket_along()
    {
        Skip.If(Command.Try("curl", "--version").Status != 0, "curl is not there");
        Skip.IfNot(NetworkNamespace.WhyNot is null, NetworkNamespace.WhyNot);
        NetworkNamespace.Run(() =>
        {
            using var daemon = Start();
            try
            {
                Assert.True(Wait.Until(() => Curl("http://127.0.0.1:9799/readyz").StartsWith("ok\n", StringComparison.Ordinal), 60), "it did not become ready");
                Assert.Contains("nodeagent_build_info", Curl("http://127.0.0.1:9799/metrics"), StringComparison.Ordinal);
                Assert.Contains("gRPC API of nodeagent", Curl("--http2-prior-knowledge", "--unix-socket", Socket, "http://x/"), StringComparison.Ordinal);

                using (var second = Start())
                {
                    var error = second.StandardError.ReadToEnd();
                    Assert.True(second.WaitForExit(TimeSpan.FromSeconds(60)));
                    Assert.Equal(1, second.ExitCode);
                    Assert.Contains($"process {daemon.Id} is this node's daemon already", error, StringComparison.Ordinal);
                }

                Assert.StartsWith("ok\n", Curl("http://127.0.0.1:9799/readyz"), StringComparison.Ordinal);
                Command.Run("kill", "-TERM", $"{daemon.Id}");
                Assert.True(daemon.WaitForExit(TimeSpan.FromSeconds(60)));
                Assert.Equal(0, daemon.ExitCode);
                Assert.False(File.Exists(Socket));
            }
            finally
            {
                if (!daemon.HasExited) daemon.Kill();
            }
        });
    }

    [SkippableFact]
    public void It_does_not_start_with_a_key_that_others_can_read()
    {
        Skip.IfNot(NetworkNamespace.WhyNot is null, NetworkNamespace.WhyNot);
        var (configuration, key) = (Path.Combine(_folder.FullName, "nodeagent.yaml"), Path.Combine(_folder.FullName, "tls.key"));
        File.WriteAllText(key, "secret");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, (UnixFileMode)0b110_100_100);
        File.WriteAllText(configuration, $"grpc: {{tcp: {{certificate: {key}, key: {key}, clientCa: {key}, identities: [{{commonName: a, role: read}}]}}}}\n");
        NetworkNamespace.Run(() =>
        {
            using var daemon = Start("--config", configuration);
            var error = daemon.StandardError.ReadToEnd();
            Assert.True(daemon.WaitForExit(TimeSpan.FromSeconds(60)));
            Assert.Equal(2, daemon.ExitCode);
            Assert.Contains($"grpc.tcp.key: {key} can be read or changed by others (mode 0644): chmod 0600 it", error, StringComparison.Ordinal);
        });
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Curl(params string[] arguments) => Command.Try("curl", ["-s", "--max-time", "5", .. arguments]).Output;

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "nodeagent"), ["run", .. arguments]) { RedirectStandardError = true };
        foreach (var (name, folder) in new[] { ("NODEAGENT_STATE_DIR", "state"), ("NODEAGENT_POLICIES_DIR", "policies.d"), ("NODEAGENT_RUN_DIR", "run") })
        {
            start.Environment[name] = Directory.CreateDirectory(Path.Combine(_folder.FullName, folder)).FullName;
        }

        return Process.Start(start)!;
    }
}
