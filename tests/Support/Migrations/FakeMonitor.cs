using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NodeAgent.Tests.Support.Migrations;

/// <summary>A monitor that says what a test has it say: a socket of this process, which serves one client after the other, as QEMU's.</summary>
public sealed class FakeMonitor : IDisposable
{
    public const string Hello = """{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "Debian"}, "capabilities": ["oob"]}}""";

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _folder = Directory.CreateTempSubdirectory("monitor-").FullName;
    private readonly Lock _lock = new();
    private readonly List<string> _commands = [];
    private Socket? _client;
    private int _clients;
    private int _ended;

    public FakeMonitor()
    {
        Path = System.IO.Path.Combine(_folder, "agent.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen(1);
        new Thread(Serve) { IsBackground = true, Name = "monitor" }.Start();
    }

    public string Path { get; }

    /// <summary>Said to each client first; null: nothing is.</summary>
    public string? Greeting { get; set; } = Hello;

    /// <summary>The answer to a command, with "ID" in place of its id: by name, the newest rule counts. Null: no answer.</summary>
    public Func<string, string?> Answer { get; set; } = Defaults;

    /// <summary>Names of the commands so far.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_lock) return [.. _commands];
        }
    }

    /// <summary>How many clients were served.</summary>
    public int Clients => Volatile.Read(ref _clients);

    public static string? Defaults(string command) => command switch
    {
        "query-migrate-capabilities" => """{"return": [{"state": true, "capability": "events"}, {"state": false, "capability": "postcopy-ram"}], "id": ID}""",
        "query-migrate-parameters" => """{"return": {"max-bandwidth": 1000, "downtime-limit": 250, "max-postcopy-bandwidth": 0}, "id": ID}""",
        _ => """{"return": {}, "id": ID}""",
    };

    /// <summary>Says something to the client of the moment.</summary>
    public void Say(string text) => Send(Encoding.UTF8.GetBytes(text + "\r\n"));

    public void Send(ReadOnlySpan<byte> bytes)
    {
        var client = Volatile.Read(ref _client);
        for (var rest = bytes; rest.Length > 0 && client is not null;) rest = rest[client.Send(rest)..];
    }

    /// <summary>Ends the conversation of the moment, and serves the next client.</summary>
    public void HangUp()
    {
        var ended = Volatile.Read(ref _ended);
        Volatile.Read(ref _client)?.Shutdown(SocketShutdown.Both);
        Wait.Until(() => Volatile.Read(ref _ended) > ended);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _client?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = _listener.Accept();
                Volatile.Write(ref _client, client);
                if (Greeting is { } greeting) Say(greeting);
                Interlocked.Increment(ref _clients);
                Converse(client);
                client.Dispose();
                Interlocked.Increment(ref _ended);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private void Converse(Socket client)
    {
        try
        {
            using var reader = new StreamReader(new NetworkStream(client));
            while (reader.ReadLine() is { } line)
            {
                using var command = JsonDocument.Parse(line);
                var name = command.RootElement.GetProperty("execute").GetString()!;
                lock (_lock) _commands.Add(name);
                if (Answer(name) is { } answer) Say(answer.Replace("ID", command.RootElement.GetProperty("id").GetRawText(), StringComparison.Ordinal));
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // It went.
        }
    }
}
