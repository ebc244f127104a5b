using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>A monitor of QEMU in a test's own hands: commands and their answers, and the events that came, with the time they came.</summary>
public sealed class QmpMonitor : IDisposable
{
    private const int Seconds = 60;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Lock _calls = new();
    private readonly Lock _state = new();
    private readonly Queue<JsonObject> _replies = new();
    private readonly List<MonitorEvent> _events = [];
    private bool _ended;

    /// <param name="path">Of a socket where QEMU listens, or will in a moment.</param>
    public QmpMonitor(string path)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                _socket.Connect(new UnixDomainSocketEndPoint(path));
                break;
            }
            catch (SocketException) when (clock.Elapsed.TotalSeconds < Seconds)
            {
                Thread.Sleep(20);
            }
        }

        new Thread(Read) { IsBackground = true, Name = "monitor" }.Start();
        Version = (JsonObject)Answer("greeting")["QMP"]!["version"]!["qemu"]!;
        Call("qmp_capabilities");
    }

    /// <summary>major, minor, micro.</summary>
    public JsonObject Version { get; }

    /// <summary>What came, in its order.</summary>
    public IReadOnlyList<MonitorEvent> Events
    {
        get
        {
            lock (_state) return [.. _events];
        }
    }

    /// <summary>Turns a capability of migrations on, or off.</summary>
    public void Enable(string capability, bool on = true) =>
        Call("migrate-set-capabilities", new JsonObject { ["capabilities"] = new JsonArray(new JsonObject { ["capability"] = capability, ["state"] = on }) });

    /// <summary>The answer ("return") to a command.</summary>
    public JsonNode Call(string command, JsonObject? arguments = null)
    {
        lock (_calls)
        {
            var request = new JsonObject { ["execute"] = command };
            if (arguments is not null) request["arguments"] = arguments;
            _socket.Send(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"));
            var answer = Answer(command);
            return answer["return"]?.DeepClone() ?? throw new InvalidOperationException($"{request.ToJsonString()}: {answer.ToJsonString()}");
        }
    }

    /// <summary>A command of the human monitor.</summary>
    public string Human(string line) => Call("human-monitor-command", new JsonObject { ["command-line"] = line }).GetValue<string>();

    public void Dispose() => _socket.Dispose();

    private JsonObject Answer(string to)
    {
        var answer = default(JsonObject);
        if (!Support.Wait.Until(() => TryTake(out answer), Seconds)) throw new TimeoutException($"QEMU did not answer {to} in {Seconds} s");
        return answer!;
    }

    private bool TryTake(out JsonObject? answer)
    {
        lock (_state)
        {
            if (_replies.TryDequeue(out answer)) return true;
            return _ended ? throw new IOException("QEMU closed the monitor") : false;
        }
    }

    private void Read()
    {
        try
        {
            using var reader = new StreamReader(new NetworkStream(_socket), Encoding.UTF8);
            while (reader.ReadLine() is { } line) Take((JsonObject)JsonNode.Parse(line)!);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or JsonException)
        {
            // It ended, in the middle of a line perhaps.
        }

        lock (_state) _ended = true;
    }

    private void Take(JsonObject message)
    {
        lock (_state)
        {
            if (message["event"] is { } name) _events.Add(new MonitorEvent(name.GetValue<string>(), Stopwatch.GetElapsedTime(0), message["data"] as JsonObject));
            else _replies.Enqueue(message);
        }
    }
}
