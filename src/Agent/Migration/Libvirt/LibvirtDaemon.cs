using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Libvirt.Rpc;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>
/// One daemon and the one connection to it, for all of its guests. It is connected to again by itself after a loss, through the root of
/// any guest that is left, and ends with the last of those who use it.
/// </summary>
internal sealed class LibvirtDaemon(LibvirtDaemons owner, IDaemonSockets sockets, TimeProvider time, ILogger log) : ILibvirtListener
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<LibvirtSource> _sources = [];
    private readonly CancellationTokenSource _ended = new();
    private Task<LibvirtConnection>? _first;
    private volatile LibvirtConnection? _connection;
    private volatile Loss? _loss;
    private LibvirtConnection? _keptAlive;

    /// <summary>How many use it, sources or not yet; the owner's.</summary>
    public int Users { get; set; }

    /// <summary>What it is found by; the owner's.</summary>
    public (ulong Device, ulong Inode) Key { get; set; }

    /// <summary>Null while it is lost.</summary>
    public LibvirtConnection? Connection => _connection;

    public GuestSourceException Lost() => (_loss ?? new Loss(GuestSourceFault.Absent, "the connection to libvirt was closed")).ToException();

    /// <summary>The first connection, which all who come at once wait for.</summary>
    public Task<LibvirtConnection> ConnectAsync(DaemonSocket socket, CancellationToken cancellation)
    {
        Task<LibvirtConnection> first;
        lock (_gate)
        {
            // One that was lost since is no use to who comes now.
            if (_first is { IsCompletedSuccessfully: true } && _connection is { } present) return Task.FromResult(present);
            first = _first ??= ConnectFirstAsync(socket);
            if (first.IsCompletedSuccessfully) return Task.FromException<LibvirtConnection>(Lost());
        }

        return first.WaitAsync(cancellation);
    }

    /// <summary>A second one, which may write, for who asks for it.</summary>
    public async Task<LibvirtConnection> OpenForWritingAsync(LibvirtSource source, CancellationToken cancellation)
    {
        using var socket = sockets.TryOpen(source.Guest, source.Place) ?? throw new GuestSourceException(GuestSourceFault.Absent, $"the socket of libvirt ({source.Place} in the root of process {source.Guest.Process.Pid}) is gone");
        return await Handshake.OpenAsync(socket.Path, socket.Name, readOnly: false, null, time, cancellation).ConfigureAwait(false);
    }

    public void Add(LibvirtSource source)
    {
        lock (_gate) _sources.Add(source);
    }

    public void Remove(LibvirtSource source)
    {
        lock (_gate) _sources.Remove(source);
        owner.Release(this);
    }

    /// <summary>
    /// Has the daemon send a sign of life every few seconds, from the first migration on: it costs both sides a wake-up each time, which idle
    /// nodes are spared.
    /// </summary>
    public void KeepAlive()
    {
        var connection = _connection;
        if (connection is null || Interlocked.Exchange(ref _keptAlive, connection) == connection) return;
        connection.Send(Requests.Keepalive(), new UnheardCall());
    }

    /// <summary>Nobody uses it any more.</summary>
    public void End()
    {
        _ended.Cancel();
        _connection?.Dispose();
    }

    void ILibvirtListener.Happened(UInt128 domain, Lifecycle lifecycle) => Find(domain)?.Happened(lifecycle);

    void ILibvirtListener.Iterated(UInt128 domain, int iteration) => Find(domain)?.Iterated(iteration);

    void ILibvirtListener.Completed(UInt128 domain, in JobStatistics job) => Find(domain)?.Completed(job);

    private async Task<LibvirtConnection> ConnectFirstAsync(DaemonSocket socket)
    {
        var connection = await Handshake.OpenAsync(socket.Path, socket.Name, readOnly: true, this, time, _ended.Token).ConfigureAwait(false);
        _connection = connection;
        if (_ended.IsCancellationRequested) connection.Dispose();
        log.Connected(connection.Name);
        _ = FollowAsync(connection);
        return connection;
    }

    private async Task FollowAsync(LibvirtConnection connection)
    {
        while (true)
        {
            _loss = await connection.Ended.ConfigureAwait(false);
            _connection = null;
            if (_ended.IsCancellationRequested) return;
            foreach (var source in Sources()) source.Lost(_loss.Reason);
            if (await ConnectAgainAsync().ConfigureAwait(false) is not { } again) return;
            connection = again;
            if (_ended.IsCancellationRequested) connection.Dispose();
            foreach (var source in Sources()) source.Look();
        }
    }

    /// <summary>Null: nobody uses it any more.</summary>
    private async Task<LibvirtConnection?> ConnectAgainAsync()
    {
        var said = false;
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                await Task.Delay(pause, time, _ended.Token).ConfigureAwait(false);
                if (await TryConnectAsync().ConfigureAwait(false) is { } connection)
                {
                    _connection = connection;
                    if (said) log.Back(connection.Name);
                    return connection;
                }
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (GuestSourceException e)
            {
                _loss = new Loss(e.Fault, e.Message);
            }

            // Not at once: with the last guest of a pod its libvirt goes, too, and nothing is wrong.
            if (said || _loss is null || pause == s_firstPause) continue;
            said = true;
            log.Lost(_loss.Reason);
        }
    }

    /// <summary>Null: no guest is left to look through, or none of them sees a socket.</summary>
    private async Task<LibvirtConnection?> TryConnectAsync()
    {
        foreach (var source in Sources())
        {
            using var socket = sockets.TryOpen(source.Guest, source.Place);
            if (socket is null) continue;
            var connection = await Handshake.OpenAsync(socket.Path, socket.Name, readOnly: true, this, time, _ended.Token).ConfigureAwait(false);
            owner.Rekey(this, socket.Key);
            return connection;
        }

        return null;
    }

    private LibvirtSource[] Sources()
    {
        lock (_gate) return [.. _sources];
    }

    /// <summary>The newest: one that ended with its process may not have been taken away yet.</summary>
    private LibvirtSource? Find(UInt128 domain)
    {
        lock (_gate)
        {
            for (var i = _sources.Count - 1; i >= 0; i--)
            {
                if (_sources[i].Domain.Uuid == domain) return _sources[i];
            }

            return null;
        }
    }
}
