using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace NodeAgent.Systemd;

/// <summary>
/// Tells the service manager how the service stands, as sd_notify(3) does: datagrams to the Unix socket that NOTIFY_SOCKET names.
/// Where nobody asked to be told, and where telling fails, nothing happens: the service does not depend on it.
/// </summary>
public sealed class Notifier : IDisposable
{
    /// <summary>Longer texts would only be cut by whoever shows them.</summary>
    private const int MaxStatus = 1000;

    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _manager;
    private readonly TimeProvider _clock;

    private Notifier(UnixDomainSocketEndPoint? manager, TimeProvider clock)
    {
        (_manager, _clock) = (manager, clock);

        // Abstract addresses belong to a network namespace: that of the thread which makes the socket.
        if (manager is not null) _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    }

    /// <summary>Somebody asked to be told.</summary>
    public bool IsWanted => _socket is not null;

    public static Notifier FromEnvironment(Func<string, string?> environment, TimeProvider clock) => new(Address(environment("NOTIFY_SOCKET")), clock);

    /// <summary>READY=1: the service is up, or has read its configuration again.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={Line(status)}");

    /// <summary>STATUS=: one sentence for people.</summary>
    public void Status(string status) => Send($"STATUS={Line(status)}");

    /// <summary>RELOADING=1 with the time, which Type=notify-reload compares with the moment it asked; <see cref="Ready"/> ends it.</summary>
    public void Reloading()
    {
        var microseconds = (long)(_clock.GetTimestamp() * (1_000_000.0 / _clock.TimestampFrequency));
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}"));
    }

    /// <summary>STOPPING=1</summary>
    public void Stopping() => Send("STOPPING=1\nSTATUS=stopping; the network stays as it is");

    /// <summary>WATCHDOG=1: the service is alive.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <summary>EXTEND_TIMEOUT_USEC: start, reload or stop may take this much longer, from now.</summary>
    public void Extend(TimeSpan time) => Send(string.Create(CultureInfo.InvariantCulture, $"EXTEND_TIMEOUT_USEC={(long)time.TotalMicroseconds}"));

    public void Dispose() => _socket?.Dispose();

    private static UnixDomainSocketEndPoint? Address(string? named)
    {
        // vsock:... belongs to virtual machines' managers; a service never gets it.
        if (named is not ['/' or '@', _, ..]) return null;
        try
        {
            return new UnixDomainSocketEndPoint(named[0] == '@' ? '\0' + named[1..] : named);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > MaxStatus ? line[..MaxStatus] : line;
    }

    private void Send(string message)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(message), _manager!);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A manager that is away for a moment asks again by itself: the watchdog's next message comes in seconds.
        }
    }
}
