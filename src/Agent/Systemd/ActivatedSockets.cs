using System.Globalization;
using System.Net.Sockets;
using NodeAgent.Native.Linux;
using Socket = System.Net.Sockets.Socket;

namespace NodeAgent.Systemd;

/// <summary>
/// Sockets that systemd opened for the service (sd_listen_fds(3)) and keeps open over its restarts, by the names their units give them
/// (FileDescriptorName=). Each is handed out once.
/// </summary>
public sealed class ActivatedSockets : IDisposable
{
    /// <summary>The gRPC API's Unix socket.</summary>
    public const string Grpc = "grpc";

    /// <summary>The HTTP socket of metrics and health.</summary>
    public const string Metrics = "metrics";

    private const int FirstDescriptor = 3;

    private readonly Dictionary<string, Socket> _sockets = new(StringComparer.Ordinal);

    private ActivatedSockets()
    {
    }

    /// <summary>Takes over what the environment names for this process; call it once, before anything else opens descriptors of its own accord.</summary>
    public static ActivatedSockets FromEnvironment(Func<string, string?> environment)
    {
        var activated = new ActivatedSockets();
        var names = Names(environment, Environment.ProcessId);
        for (var i = 0; i < names.Count; i++)
        {
            var descriptor = FirstDescriptor + i;
            if (Fcntl.fcntl(descriptor, Fcntl.F_SETFD, Fcntl.FD_CLOEXEC) < 0) continue;
            var handle = new SafeSocketHandle(descriptor, ownsHandle: true);
            try
            {
                if (!activated._sockets.TryAdd(names[i], new Socket(handle))) handle.Dispose();
            }
            catch (SocketException)
            {
                // A file or device: none of ours.
                handle.Dispose();
            }
        }

        return activated;
    }

    /// <summary>The listening socket of this name, the caller's from here on; null where there is none.</summary>
    public Socket? Take(string name) => _sockets.Remove(name, out var socket) ? socket : null;

    /// <summary>Closes what nobody took.</summary>
    public void Dispose()
    {
        foreach (var socket in _sockets.Values) socket.Dispose();
        _sockets.Clear();
    }

    /// <summary>The name of each descriptor from the third on; none where they are meant for another process.</summary>
    internal static IReadOnlyList<string> Names(Func<string, string?> environment, int process)
    {
        if (Number(environment("LISTEN_PID")) != process || Number(environment("LISTEN_FDS")) is not (> 0 and var count)) return [];
        var named = environment("LISTEN_FDNAMES")?.Split(':') ?? [];
        return [.. Enumerable.Range(0, count).Select(i => i < named.Length ? named[i] : "unknown")];
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1 << 20 ? number : null;
}
