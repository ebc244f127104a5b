using System.Net.Sockets;
using System.Text;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>From a path to a connection that is open for calls.</summary>
internal static class Handshake
{
    /// <summary>REMOTE_AUTH_TYPE_LIST_MAX</summary>
    private const int MostWays = 20;

    private const uint AuthNone = 0;
    private const uint AuthPolkit = 2;

    private static readonly string[] s_uris = ["", "qemu:///system", "qemu:///session"];
    private static readonly DomainEvent[] s_events = [DomainEvent.Lifecycle, DomainEvent.MigrationIteration, DomainEvent.JobCompleted];

    /// <param name="path">To connect to.</param>
    /// <param name="name">The daemon, for sentences.</param>
    /// <param name="readOnly">Everything but a measurement.</param>
    /// <param name="listener">Is told events; null: none are asked for.</param>
    /// <param name="time">For the limits.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="GuestSourceException">There is nobody, or nobody who answers as libvirt does.</exception>
    public static async Task<LibvirtConnection> OpenAsync(string path, string name, bool readOnly, ILibvirtListener? listener, TimeProvider time, CancellationToken cancellation)
    {
        var connection = new LibvirtConnection(Connect(path, name), name, listener, time);
        try
        {
            await AuthenticateAsync(connection, cancellation).ConfigureAwait(false);
            await OpenAsync(connection, readOnly, cancellation).ConfigureAwait(false);
            var type = await connection.CallAsync(Requests.ConnectGetType(), static (ref reader) => Encoding.UTF8.GetString(reader.ReadString()), cancellation).ConfigureAwait(false);
            if (type != "QEMU") throw new GuestSourceException(GuestSourceFault.Unsupported, $"{name} runs guests of {type}, not of QEMU");
            if (listener is null) return connection;
            foreach (var wanted in s_events)
                await connection.CallAsync(Requests.RegisterEvent(wanted), static (ref reader) => reader.ReadInt32(), cancellation).ConfigureAwait(false);
            return connection;
        }
        catch (LibvirtErrorException e)
        {
            connection.Dispose();
            throw new GuestSourceException(GuestSourceFault.Failed, $"{name} does not let this agent in: {e.Message}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static object? Nothing(ref XdrReader reader) => null;

    /// <summary>What the daemon takes for its own may have been set to something else in its environment; then it is asked by name.</summary>
    private static async Task OpenAsync(LibvirtConnection connection, bool readOnly, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await connection.CallAsync(Requests.ConnectOpen(s_uris[i], readOnly), Nothing, cancellation).ConfigureAwait(false);
                return;
            }
            catch (LibvirtErrorException) when (i + 1 < s_uris.Length)
            {
                // The next one.
            }
        }
    }

    private static async Task AuthenticateAsync(LibvirtConnection connection, CancellationToken cancellation)
    {
        var ways = await connection.CallAsync(Requests.AuthList(), ReadWays, cancellation).ConfigureAwait(false);
        if (ways.Contains(AuthNone)) return;
        if (!ways.Contains(AuthPolkit)) throw new GuestSourceException(GuestSourceFault.Unsupported, $"{connection.Name} asks for a login that this agent has none for (kinds {string.Join(", ", ways)}): set auth_unix_rw = \"none\" in its configuration");
        await connection.CallAsync(Requests.AuthPolkit(), static (ref reader) => reader.ReadInt32(), cancellation).ConfigureAwait(false);
    }

    private static uint[] ReadWays(ref XdrReader reader)
    {
        var count = reader.ReadCount(4);
        if (count > MostWays) throw reader.Wrong($"expected at most {MostWays} kinds of login, found {count}");
        var ways = new uint[count];
        for (var i = 0; i < ways.Length; i++) ways[i] = reader.ReadUInt32();
        return ways;
    }

    /// <summary>At once: where a daemon takes nobody in, that is said instead of waited for.</summary>
    private static Socket Connect(string path, string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw Refused(name, e);
        }
    }

    private static GuestSourceException Refused(string name, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused or SocketError.AddressNotAvailable => new GuestSourceException(GuestSourceFault.Absent, $"{name} is not there: nobody listens at its socket; start it", e),
        SocketError.AccessDenied => new GuestSourceException(GuestSourceFault.Failed, $"{name} may not be connected to ({e.SocketErrorCode}): a socket of another user takes root with CAP_DAC_OVERRIDE", e),
        SocketError.WouldBlock or SocketError.TimedOut => new GuestSourceException(GuestSourceFault.Failed, $"{name} takes in no more connections: it hangs or is stopped; look at its journal", e),
        _ => new GuestSourceException(GuestSourceFault.Failed, $"{name} cannot be connected to: {e.Message}", e),
    };
}
