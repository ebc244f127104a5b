using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using NodeAgent.Migration.Guests;
using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp.Queries;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Qmp;

/// <summary>
/// Connects to monitors that are plainly free, and to no others. QEMU serves one client; the next one waits, and gets the monitor once the
/// first leaves, who then cannot come back. So: not while the one who started the guest may be about to connect; not where the kernel knows
/// of a client; not where it cannot know and QEMU does not greet within a second; and a monitor that anybody was seen at is left alone from then on.
/// </summary>
/// <param name="paths">The folders of the host.</param>
/// <param name="time">Of time limits.</param>
/// <param name="grace">How long the monitors of a guest that was just started are left to whoever started it.</param>
internal sealed class QmpDoor(HostPaths paths, TimeProvider time, TimeSpan grace)
{
    public static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(1);

    /// <summary>Whoever starts a QEMU connects at once.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(3);

    private const int MostHeld = 4096;
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;
    private const double TicksPerSecond = 100; // USER_HZ, the same on every kernel

    private readonly ConcurrentDictionary<(GuestProcess, string), bool> _held = new();

    public bool IsAlive(GuestProcess guest) => ProcessFiles.Stat(paths, guest.Pid, out _) is { HasEnded: false } stat && stat.StartTicks == guest.StartTicks;

    public GuestMemory Memory(GuestProcess guest) => GuestMemory.Of(paths, guest);

    /// <summary>A conversation that is ready for commands.</summary>
    /// <param name="guest">Whose monitor it is.</param>
    /// <param name="path">In the guest's own root.</param>
    /// <param name="listener">Is told of events.</param>
    /// <param name="cancellation">Of the attempt.</param>
    /// <exception cref="GuestSourceException">It is not free, not the guest's, or does not answer.</exception>
    public async Task<QmpConnection> OpenAsync(GuestProcess guest, string path, IQmpListener listener, CancellationToken cancellation)
    {
        if (MonitorPaths.WhyNot(path) is { } foreign) throw new GuestSourceException(GuestSourceFault.Unsupported, foreign);
        if (_held.ContainsKey((guest, path))) throw HeldBefore(path);
        if (Age(guest) is var age && age < grace) throw new GuestSourceException(GuestSourceFault.Busy, $"QEMU (pid {guest.Pid}) started {age.TotalSeconds:0.0} s ago: its monitors are left for {grace.TotalSeconds:0} s to whoever started it");
        var isTaken = IsTaken(guest, path);
        if (isTaken is true) throw Held(guest, path);
        var socket = await ConnectAsync(guest, path, cancellation).ConfigureAwait(false);
        var connection = new QmpConnection(socket, guest.Pid, listener, time);
        try
        {
            await connection.Greeting.WaitAsync(GreetingLimit, time, cancellation).ConfigureAwait(false);
            await connection.AskAsync(new QmpOrder("qmp_capabilities"), cancellation).ConfigureAwait(false);
            return connection;
        }
        catch (TimeoutException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw isTaken is null ? Held(guest, path) : new GuestSourceException(GuestSourceFault.Failed, $"QEMU (pid {guest.Pid}) did not greet at its monitor {path} within {GreetingLimit.TotalSeconds:0} s: it hangs or is busy, and is tried again");
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static TimeSpan Age(GuestProcess guest) => TimeSpan.FromMilliseconds(Environment.TickCount64) - TimeSpan.FromSeconds(guest.StartTicks / TicksPerSecond);

    /// <summary>Null: the kernel's list of sockets cannot be read, and QEMU's greeting tells.</summary>
    private bool? IsTaken(GuestProcess guest, string path)
    {
        try
        {
            return UnixSockets.IsTaken(File.ReadLines($"{ProcessFiles.Folder(paths, guest.Pid)}/net/unix"), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<Socket> ConnectAsync(GuestProcess guest, string path, CancellationToken cancellation)
    {
        using var root = GuestRoot.TryOpen(paths, guest, out var error) ?? throw Unreachable(guest, path, error ?? "the process is gone");
        using var place = root.OpenPath(path, out error) ?? throw Unreachable(guest, path, error ?? "there is no such file in the guest's root");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var limit = new CancellationTokenSource(GreetingLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(GuestRoot.Through(place)), either.Token).ConfigureAwait(false);
            var owner = Owner(socket);
            if (owner != guest.Pid) throw new GuestSourceException(GuestSourceFault.Unsupported, $"the socket {path} belongs to process {owner}, not to QEMU (pid {guest.Pid}): it is left alone");
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is SocketException refused) throw Unreachable(guest, path, refused.Message);
            if (e is OperationCanceledException && !cancellation.IsCancellationRequested) throw Held(guest, path);
            throw;
        }
    }

    /// <summary>The process that listens, in this process' own namespace of pids; 0: it is in another one.</summary>
    private static int Owner(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
        return MemoryMarshal.Read<int>(credentials);
    }

    private GuestSourceException Held(GuestProcess guest, string path)
    {
        if (_held.Count >= MostHeld) _held.Clear();
        _held[(guest, path)] = true;
        return new GuestSourceException(GuestSourceFault.Unsupported, $"another client holds the monitor {path}: give the agent one of its own (-qmp unix:...)");
    }

    private static GuestSourceException HeldBefore(string path) =>
        new(GuestSourceFault.Unsupported, $"another client was seen at the monitor {path}, which is left to it: give the agent one of its own (-qmp unix:...)");

    private static GuestSourceException Unreachable(GuestProcess guest, string path, string why) =>
        new(GuestSourceFault.Absent, $"the monitor {path} of QEMU (pid {guest.Pid}) cannot be reached: {why}");
}
