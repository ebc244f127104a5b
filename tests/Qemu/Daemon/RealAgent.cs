using System.Diagnostics;
using System.Text.Json.Nodes;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Qemu.Daemon;

/// <summary>The real program, <c>nodeagent run</c>, with folders of its own; killed and started again it finds what it left.</summary>
public sealed class RealAgent : IDisposable
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "nodeagent");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-daemon-");
    private readonly List<string> _said = [];
    private Process? _process;

    /// <param name="configuration">Its nodeagent.yaml.</param>
    public RealAgent(string configuration = "metrics: {address: off}\n")
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "nodeagent.yaml"), configuration);
        try
        {
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Its log so far, of all its lives.</summary>
    public string Said
    {
        get
        {
            lock (_said) return string.Join('\n', _said);
        }
    }

    /// <summary>Resident memory in MiB.</summary>
    public long ResidentMiB
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    /// <summary>Starts it, and waits until it has looked over the guests.</summary>
    public void Start()
    {
        // The runtime's own sockets stay behind where it is killed.
        var environment = new Dictionary<string, string> { ["TMPDIR"] = _folder.FullName };
        _process = Programs.Start(s_program, [.. Arguments("run"), "--state-dir", Path.Combine(_folder.FullName, "state")], environment);
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var answer = (Status: -1, Output: "", Error: "");
        if (Wait.Until(() => _process.HasExited || (answer = Command.Try(s_program, Arguments("migration", "list"))).Status == 0, 60) && !_process.HasExited) return;
        throw new InvalidOperationException($"the agent is not ready: {answer.Error}\nIt says:\n{Said}");
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>What a command prints for programs.</summary>
    public JsonNode Ask(params string[] command) => JsonNode.Parse(Command.Run(s_program, Arguments([.. command, "-o", "json"])))!;

    /// <summary>What a command prints for people.</summary>
    public string Show(params string[] command) => Command.Run(s_program, Arguments(command));

    /// <summary>Migrations under way and just ended, of one guest.</summary>
    public JsonNode[] Migrations(Guid uuid) => Of(Ask("migration", "list"), "migrations", uuid);

    /// <summary>Migrations that ended.</summary>
    public JsonNode[] History(Guid uuid) => Of(Ask("migration", "history"), "migrations", uuid);

    public JsonNode[] Guests(Guid uuid) => [.. AllGuests().Where(g => g["uuid"]?.GetValue<string>() == uuid.ToString())];

    public JsonNode[] AllGuests() => [.. Ask("migration", "list", "--guests")["guests"]!.AsArray().Select(static g => g!)];

    /// <summary>Waits until both ends of a migration to come are read over their free monitors.</summary>
    public void WaitUntilRead(Guid uuid)
    {
        if (!Wait.Until(() => Guests(uuid) is [var a, var b] && $"{a["source"]}" == "qmp" && $"{b["source"]}" == "qmp", 60))
            throw new TimeoutException($"both ends are not read by their monitors: {Ask("migration", "list", "--guests")}\n{Said}");
    }

    public AgentWatch Watch() => new(s_program, Arguments("migration", "watch", "-o", "json"), _folder.FullName);

    public void Dispose()
    {
        if (_process is { HasExited: false }) Kill();
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private static JsonNode[] Of(JsonNode answer, string list, Guid uuid) => [.. answer[list]!.AsArray().Where(m => m!["guest"]!["uuid"]?.GetValue<string>() == uuid.ToString()).Select(static m => m!)];

    private string[] Arguments(params string[] command) =>
        [.. command, "--config", Path.Combine(_folder.FullName, "nodeagent.yaml"), "--run-dir", Path.Combine(_folder.FullName, "run")];

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said) _said.Add(line);
    }
}
