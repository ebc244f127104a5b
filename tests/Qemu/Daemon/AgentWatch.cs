using System.Diagnostics;
using System.Text.Json.Nodes;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Qemu.Daemon;

/// <summary><c>nodeagent migration watch -o json</c>, and the lines it printed so far.</summary>
public sealed class AgentWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<JsonNode> _lines = [];
    private readonly Process _process;

    /// <param name="program">nodeagent.</param>
    /// <param name="arguments">Of the command.</param>
    /// <param name="folder">Where the runtime's own sockets stay behind, as it is killed.</param>
    public AgentWatch(string program, string[] arguments, string folder)
    {
        _process = Programs.Start(program, arguments, new Dictionary<string, string> { ["TMPDIR"] = folder });
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not { Length: > 0 } text) return;
            lock (_gate) _lines.Add(JsonNode.Parse(text)!);
        };
        _process.BeginOutputReadLine();
        _ = _process.StandardError.ReadToEndAsync();
        if (!Wait.Until(() => Lines.Length > 0)) throw new TimeoutException("the watch prints nothing");
    }

    public JsonNode[] Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    /// <summary>Lines of one kind about one end of a guest's migration.</summary>
    public JsonNode[] Of(string kind, Guid uuid, string direction) =>
        [.. Lines.Where(l => Word(l, "event") == kind && l["guest"]?["uuid"]?.GetValue<string>() == uuid.ToString() && Word(l, "direction") == direction)];

    /// <summary>Waits for a line of a kind.</summary>
    public JsonNode First(string kind, Guid uuid, string direction) => Wait.Until(() => Of(kind, uuid, direction).Length > 0, 60) ? Of(kind, uuid, direction)[0]
        : throw new TimeoutException($"no {kind} of the {direction} migration:\n{string.Join('\n', Lines.Select(static l => l.ToJsonString()))}");

    public static string? Word(JsonNode line, string name) => line[name]?.GetValue<string>();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
