using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NodeAgent.Tests.Qemu.Qmp;

/// <summary>Stands between a client and a monitor, and notes every command.</summary>
internal sealed class RecordingProxy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("proxy-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Socket _monitor = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Lock _lock = new();
    private readonly List<string> _commands = [];
    private Socket? _client;

    public RecordingProxy(string monitor)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen(1);
        _monitor.Connect(new UnixDomainSocketEndPoint(monitor));
        new Thread(Serve) { IsBackground = true, Name = "proxy" }.Start();
    }

    public string Path => System.IO.Path.Combine(_folder, "agent.sock");

    /// <summary>Names of commands, in their order.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_lock) return [.. _commands];
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _monitor.Dispose();
        _client?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Serve()
    {
        try
        {
            _client = _listener.Accept();
            new Thread(() => Pass(_monitor, _client)) { IsBackground = true, Name = "proxy" }.Start();
            using var reader = new StreamReader(new NetworkStream(_client));
            while (reader.ReadLine() is { } line)
            {
                using var command = JsonDocument.Parse(line);
                lock (_lock) _commands.Add(command.RootElement.GetProperty("execute").GetString()!);
                _monitor.Send(Encoding.UTF8.GetBytes(line + "\n"));
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private static void Pass(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[65536];
            while (from.Receive(buffer) is > 0 and var length) to.Send(buffer.AsSpan(0, length));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
