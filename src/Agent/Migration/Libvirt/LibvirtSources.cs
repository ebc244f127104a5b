using System.Text;
using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Libvirt.Rpc;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>Reads guests that libvirt runs, over its read-only RPC; one connection for all guests of one daemon.</summary>
public sealed class LibvirtSources : IGuestSourceFactory, IAsyncDisposable
{
    private readonly IDaemonSockets _sockets;
    private readonly TimeProvider _time;
    private readonly LibvirtDaemons _daemons;

    public LibvirtSources(HostPaths paths, TimeProvider time, ILogger log)
        : this(new DaemonSockets(paths), time, log)
    {
    }

    internal LibvirtSources(IDaemonSockets sockets, TimeProvider time, ILogger log) => (_sockets, _time, _daemons) = (sockets, time, new LibvirtDaemons(sockets, time, log));

    /// <summary>Daemons that are connected to.</summary>
    internal int Daemons => _daemons.Count;

    public async ValueTask<IGuestSource?> TryOpenAsync(Guest guest, IGuestSourceObserver observer, CancellationToken cancellation)
    {
        if (!guest.RunByLibvirt) return null;
        GuestSourceException? failed = null;
        string? stranger = null;
        var tried = new HashSet<(ulong, ulong)>();
        foreach (var place in _sockets.Places(guest))
        {
            try
            {
                using var socket = _sockets.TryOpen(guest, place);
                if (socket is null || !tried.Add(socket.Key)) continue;
                if (await TryOpenAsync(guest, place, socket, observer, cancellation).ConfigureAwait(false) is { } source) return source;
                stranger ??= socket.Name;
            }
            catch (GuestSourceException e)
            {
                // What it refuses, it may allow once it was configured otherwise: this guest is asked for again.
                failed ??= e.Fault == GuestSourceFault.Unsupported ? new GuestSourceException(GuestSourceFault.Failed, e.Message, e) : e;
            }
        }

        throw failed ?? new GuestSourceException(GuestSourceFault.Absent, stranger is not null
            ? $"{stranger} does not know domain {guest.Domain} ({guest.Uuid}), which process {guest.Process.Pid} says it is"
            : $"process {guest.Process.Pid} of domain {guest.Domain} was started by libvirt, but there is no socket of a libvirt in its root (looked for virtqemud-sock and libvirt-sock in /run/libvirt, /var/run/libvirt and /run/user/UID/libvirt)");
    }

    public ValueTask DisposeAsync()
    {
        _daemons.End();
        return ValueTask.CompletedTask;
    }

    /// <summary>Null: this daemon does not run the guest.</summary>
    private async Task<LibvirtSource?> TryOpenAsync(Guest guest, string place, DaemonSocket socket, IGuestSourceObserver observer, CancellationToken cancellation)
    {
        var daemon = _daemons.Use(socket.Key);
        LibvirtSource? source = null;
        try
        {
            var connection = await daemon.ConnectAsync(socket, cancellation).ConfigureAwait(false);
            if (await FindAsync(connection, guest, cancellation).ConfigureAwait(false) is not { } domain) return null;
            source = new LibvirtSource(guest, domain, place, daemon, observer, _time);
            daemon.Add(source);
            return source;
        }
        finally
        {
            if (source is null) _daemons.Release(daemon);
        }
    }

    private static async Task<RemoteDomain?> FindAsync(LibvirtConnection connection, Guest guest, CancellationToken cancellation)
    {
        try
        {
            var request = RemoteDomain.Parse(guest.Uuid) is { } uuid ? Requests.LookupByUuid(uuid) : Requests.LookupByName(Encoding.UTF8.GetBytes(guest.Domain));
            return await connection.CallAsync<RemoteDomain?>(request, static (ref reader) => RemoteDomain.Read(ref reader), cancellation).ConfigureAwait(false);
        }
        catch (LibvirtErrorException e) when (e.Error.Code == RemoteError.NoDomain)
        {
            return null;
        }
        catch (LibvirtErrorException e)
        {
            throw new GuestSourceException(GuestSourceFault.Failed, $"{connection.Name} does not show domain {guest.Domain}: {e.Message}", e);
        }
    }
}
