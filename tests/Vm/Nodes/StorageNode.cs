using System.Text.Json.Nodes;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm.Nodes;

/// <summary>This machine as a node with the real program, which has its folders to itself, and one volume that somebody else made.</summary>
internal sealed class StorageNode : IDisposable
{
    private const int Port = 9899;
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-vm-").FullName;

    public StorageNode() => Directory.CreateDirectory(Path.Combine(_folder, "policies.d"));

    /// <summary>Runs a command to its end and expects this status.</summary>
    public AgentResult Expect(int status, string arguments)
    {
        var result = AgentBinary.Run(AgentBinary.Program, Arguments(arguments));
        Assert.True(result.Status == status, $"expected status {status}\n{result}");
        return result;
    }

    /// <summary>Starts `nodeagent run` and waits until it watches and has read the map.</summary>
    public AgentDaemon Daemon()
    {
        var daemon = new AgentDaemon([.. Arguments("run"), "--metrics-address", $"127.0.0.1:{Port}"]);
        Assert.True(Wait.Until(() => TryMap() is not null), daemon.Log);
        return daemon;
    }

    /// <summary>`storage watch` while the daemon runs.</summary>
    public CommandOutput Watch() => new(Arguments("storage watch"));

    /// <summary>The map as `storage show -o json` has it.</summary>
    public JsonNode Map() => TryMap() ?? throw new InvalidOperationException($"no map: {Expect(0, "storage show -o json")}");

    /// <summary>Until the map's verdict is this word, and returns the map.</summary>
    public JsonNode AwaitVerdict(string verdict, AgentDaemon daemon, int seconds = 15)
    {
        JsonNode? map = null;
        var holds = Wait.Until(() => $"{(map = TryMap())?["verdict"]}" == verdict, seconds);
        Assert.True(holds, $"expected the verdict \"{verdict}\" within {seconds} s, found {map}\n{daemon.Log}");
        return map!;
    }

    /// <summary>"multipathd", "deviceMapper" …: where knowledge of maps comes from.</summary>
    public string Source() => $"{Expect(0, "storage show -o json").Json["source"]!["state"]}";

    public static void Await(Func<bool> holds, AgentDaemon daemon, int seconds = 15) => Assert.True(Wait.Until(holds, seconds), daemon.Log);

    /// <summary>What Prometheus would read.</summary>
    public static string Metrics()
    {
        using var client = new HttpClient();
        return client.GetStringAsync(new Uri($"http://127.0.0.1:{Port}/metrics")).GetAwaiter().GetResult();
    }

    /// <summary>The value of a series, such as <c>nodeagent_x{map="mpatha"}</c>; null where there is none.</summary>
    public static string? Metric(string series) =>
        Metrics().Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal))?[(series.Length + 1)..];

    /// <summary>Every argument with the folders of this node.</summary>
    public IReadOnlyList<string> Arguments(string arguments)
    {
        string[] words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words[0] == "run"
            ? [.. words, "--state-dir", Path.Combine(_folder, "state"), "--policies-dir", Path.Combine(_folder, "policies.d"), "--run-dir", Path.Combine(_folder, "run")]
            : [.. words, "--run-dir", Path.Combine(_folder, "run")];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private JsonNode? TryMap() => Expect(0, "storage show -o json").Json["maps"]!.AsArray().FirstOrDefault();
}
