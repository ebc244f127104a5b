using System.Globalization;
using System.Text.Json.Nodes;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm.Nodes;

/// <summary>
/// This machine as a node with the real program, which has its folders to itself, and one volume that somebody else made. What changes is
/// waited for at /metrics, which costs nothing; how it is shown is asked of the commands.
/// </summary>
internal sealed class StorageNode : IDisposable
{
    private const int Port = 9899;
    private static readonly Uri s_metrics = new($"http://127.0.0.1:{Port}/metrics");
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-vm-").FullName;
    private readonly HttpClient _http = new();

    /// <param name="map">Name of the volume.</param>
    public StorageNode(string map)
    {
        Map = map;
        Directory.CreateDirectory(Path.Combine(_folder, "policies.d"));
    }

    public string Map { get; }

    /// <summary>Runs a command to its end and expects this status.</summary>
    public AgentResult Expect(int status, string arguments)
    {
        var result = AgentBinary.Run(AgentBinary.Program, Arguments(arguments));
        Assert.True(result.Status == status, $"expected status {status}\n{result}");
        return result;
    }

    /// <summary>Starts `nodeagent run` and waits until it has judged the volume.</summary>
    public AgentDaemon Daemon()
    {
        var daemon = new AgentDaemon([.. Arguments("run"), "--metrics-address", $"127.0.0.1:{Port}"]);
        Await(() => Metric("nodeagent_storage_map_best_paths", $"map=\"{Map}\"") is not null, daemon, 30);
        return daemon;
    }

    /// <summary>`storage watch` while the daemon runs, once it has begun.</summary>
    public CommandOutput Watch()
    {
        var watch = new CommandOutput(Arguments("storage watch"));
        watch.Says("watching 1 multipath map");
        return watch;
    }

    /// <summary>The volume as `storage show -o json` has it.</summary>
    public JsonNode Shown() => Expect(0, "storage show -o json").Json["maps"]!.AsArray().Single()!;

    /// <summary>Until the volume's verdict is this one: "no_redundancy".</summary>
    public void AwaitVerdict(string verdict, AgentDaemon daemon, int seconds = 60) =>
        Await(() => Metric("nodeagent_storage_map_verdict", $"map=\"{Map}\",verdict=\"{verdict}\"") == 1, daemon, seconds);

    /// <summary>Until knowledge of maps comes from there: "multipathd".</summary>
    public void AwaitSource(string source, AgentDaemon daemon, int seconds = 60) =>
        Await(() => Metric("nodeagent_storage_source", $"state=\"{source}\"") == 1, daemon, seconds);

    public void Await(Func<bool> holds, AgentDaemon daemon, int seconds = 60) =>
        Assert.True(Wait.Until(holds, seconds), $"{daemon.Log}\n{string.Join('\n', Metrics().Split('\n').Where(static line => line.StartsWith("nodeagent_storage_", StringComparison.Ordinal)))}");

    /// <summary>The value of a series; null where there is none, and where nobody answers yet.</summary>
    public double? Metric(string name, string labels)
    {
        var start = $"{name}{{{labels}}} ";
        var line = Metrics().Split('\n').FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        return line is null ? null : double.Parse(line[start.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>What Prometheus would read; "" where nobody answers yet.</summary>
    public string Metrics()
    {
        try
        {
            return _http.GetStringAsync(s_metrics).GetAwaiter().GetResult();
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    /// <summary>Every argument with the folders of this node.</summary>
    public IReadOnlyList<string> Arguments(string arguments)
    {
        string[] words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] run = ["--run-dir", Path.Combine(_folder, "run")];
        return words[0] == "run"
            ? [.. words, .. run, "--state-dir", Path.Combine(_folder, "state"), "--policies-dir", Path.Combine(_folder, "policies.d")]
            : [.. words, .. run];
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
