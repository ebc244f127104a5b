using System.Text.Json.Nodes;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>nodeagent config check: what is wrong, or what is in force and from where.</summary>
public sealed class ConfigCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_in_force_is_listed_with_where_it_is_from()
    {
        var file = Write("nodeagent.yaml", "metrics: {interval: 2s}\nlog: {level: warn}\n");

        var run = Check(new() { ["NODEAGENT_METRICS_ADDRESS"] = "off", ["NODEAGENT_LOG_LEVEL"] = "error" }, file, "--log-level", "debug", "-o", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var settings = JsonNode.Parse(run.Out)!["settings"]!.AsArray().ToDictionary(s => $"{s!["key"]}", s => (Value: $"{s!["value"]}", From: $"{s["from"]}"));
        Assert.Equal(("2s", file + ":1:11"), settings["metrics.interval"]);
        Assert.Equal(("off", "NODEAGENT_METRICS_ADDRESS"), settings["metrics.address"]);
        Assert.Equal(("debug", "--log-level"), settings["log.level"]);
        Assert.Equal(("auto", "default"), settings["log.format"]);
        Assert.Equal(("/run/nodeagent/nodeagent.sock", "default"), settings["grpc.socket.path"]);
    }

    [Fact]
    public void A_secret_is_not_shown()
    {
        var run = Check([], Write("nodeagent.yaml", "metrics: {otlp: {endpoint: 'http://c:4317', headers: {authorization: hunter2}}}\n"));
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("hunter2", run.Out, StringComparison.Ordinal);
        Assert.Contains("(not shown)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_and_groups_that_are_named_are_looked_at()
    {
        var file = Write("nodeagent.yaml", $$"""
            grpc:
              socket: { group: no-such-group }
              tcp: { certificate: {{_folder}}/tls.crt, key: {{_folder}}/tls.key, clientCa: {{_folder}}/ca.crt, identities: [ { commonName: x, role: read } ] }
            """);
        var run = Check([], file);
        Assert.Equal(2, run.ExitCode);
        foreach (var cause in new[] { $"{file}:2:13: grpc.socket.group: this machine has no group 'no-such-group'", $"grpc.tcp.certificate: {_folder}/tls.crt cannot be read", $"grpc.tcp.key: {_folder}/tls.key cannot be read", $"grpc.tcp.clientCa: {_folder}/ca.crt cannot be read" })
        {
            Assert.Contains(cause, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Programs_get_errors_as_json_too()
    {
        var run = Check([], Write("nodeagent.yaml", "log: {level: loud}\nx: 1\n"), "-o", "json");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(("invalid", 2), ($"{JsonNode.Parse(run.Out)!["outcome"]}", JsonNode.Parse(run.Out)!["errors"]!.AsArray().Count));
    }

    private CliRun Check(Dictionary<string, string> environment, string file, params string[] more) =>
        CliRun.With(new FakeEngine(), environment, ["config", "check", file, "--policies-dir", _folder + "/policies.d", .. more]);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
