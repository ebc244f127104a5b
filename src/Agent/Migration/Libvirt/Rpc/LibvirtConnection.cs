using System.Buffers.Binary;
using System.Net.Sockets;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>
/// One connection to a daemon of libvirt's: calls in flight by their serial, each answered, failed or given up within <see cref="Limit"/>.
/// It ends once, with a reason: closed, garbage, or silence of a daemon that was asked. In steady state nothing is allocated for a call.
/// </summary>
internal sealed class LibvirtConnection : IPacketReader, IDisposable
{
    /// <summary>How long a call may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Calls that were given up and are owed an answer count, too.</summary>
    private const int MostCalls = 4096;

    private static readonly byte[] s_pong = Requests.Pong();

    private readonly Lock _gate = new();
    private readonly Dictionary<uint, Call?> _calls = [];
    private readonly TaskCompletionSource<Loss> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly Socket _socket;
    private readonly Outbox _outbox;
    private readonly ILibvirtListener? _listener;
    private readonly ITimer _watch;
    private bool _watching;
    private uint _serial;
    private long _packets;
    private Loss? _loss;

    /// <param name="socket">Connected.</param>
    /// <param name="name">The daemon, as sentences begin: "libvirt at /run/libvirt/virtqemud-sock".</param>
    /// <param name="listener">Null where no events are asked for.</param>
    /// <param name="time">For the limit.</param>
    public LibvirtConnection(Socket socket, string name, ILibvirtListener? listener, TimeProvider time)
    {
        (_socket, Name, _listener, _time) = (socket, name, listener, time);
        socket.Blocking = false;
        _outbox = new Outbox(socket, _gate);
        _watch = time.CreateTimer(static connection => ((LibvirtConnection)connection!).Watch(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = ReceiveAsync();
    }

    public string Name { get; }

    /// <summary>Comes true with the reason, once.</summary>
    public Task<Loss> Ended => _ended.Task;

    /// <summary>Sends a request; the call is told how it ends.</summary>
    /// <param name="packet">A whole one, of <see cref="Requests"/>; its serial is put in.</param>
    /// <param name="call">Not in flight.</param>
    public void Send(byte[] packet, Call call)
    {
        Loss? loss;
        lock (_gate)
        {
            loss = _loss;
            if (loss is null)
            {
                call.Serial = ++_serial;
                call.Procedure = BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(12));
                call.SentAt = _time.GetTimestamp();
                call.PacketsBefore = _packets;
                BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(PacketHeader.SerialOffset), call.Serial);
                _calls.Add(call.Serial, call);
                if (!_watching) WatchIn(Limit);
                loss = _calls.Count > MostCalls ? Hung($"owes answers to {MostCalls} requests") : TrySend(packet);
            }
            else
            {
                call.Serial = 0;
            }
        }

        if (loss is null) return;
        if (call.Serial == 0) call.Fail(loss.ToException());
        else End(loss);
    }

    public async Task<T> CallAsync<T>(byte[] packet, ReplyReader<T> read, CancellationToken cancellation)
    {
        var call = new SingleCall<T>(read);
        await using var registration = cancellation.UnsafeRegister(static (state, token) =>
        {
            var (connection, call) = ((LibvirtConnection, SingleCall<T>))state!;
            if (connection.GiveUp(call)) call.Cancel(token);
        }, (this, call)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        Send(packet, call);
        return await call.Task.ConfigureAwait(false);
    }

    /// <summary>True: the answer, when it comes, is thrown away, and the call is the caller's again. False: it ends by itself.</summary>
    public bool GiveUp(Call call)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue(call.Serial, out var found) || found != call) return false;
            _calls[call.Serial] = null;
            return true;
        }
    }

    /// <summary>An answer that was given up has still not come.</summary>
    public bool IsOwed(uint serial)
    {
        lock (_gate) return _calls.ContainsKey(serial);
    }

    public void Dispose() => End(new Loss(GuestSourceFault.Absent, $"the connection to {Name} was closed"));

    void IPacketReader.Take(ReadOnlySpan<byte> packet)
    {
        Interlocked.Increment(ref _packets);
        var reader = new XdrReader(packet);
        var header = PacketHeader.Read(ref reader);
        switch (header)
        {
            case { Program: Programs.Keepalive }:
                if (header.Procedure == Procedures.KeepalivePing) SendPong();
                break;
            case { Program: Programs.Remote, Kind: PacketKind.Reply }:
                TakeReply(header, ref reader);
                break;
            case { Program: Programs.Remote, Kind: PacketKind.Message }:
                if (_listener is not null) EventReader.Read(header.Procedure, ref reader, _listener);
                break;
            default:
                throw new LibvirtWireException($"expected replies and events of program 0x{Programs.Remote:x}, found a packet of kind {(int)header.Kind} of program 0x{header.Program:x}");
        }
    }

    private void TakeReply(PacketHeader header, ref XdrReader reader)
    {
        Call? call;
        bool asked;
        lock (_gate) asked = _calls.Remove(header.Serial, out call);
        if (!asked) throw new LibvirtWireException($"expected an answer to a call that was made, found one to call {header.Serial}");
        if (call is null) return;
        try
        {
            if (header.Procedure != call.Procedure) throw new LibvirtWireException($"expected an answer to procedure {call.Procedure}, found one to {header.Procedure}");
            call.Answer(header.Failed, ref reader);
        }
        catch (LibvirtWireException e)
        {
            call.Fail(Garbage(e).ToException());
            throw;
        }
    }

    private async Task ReceiveAsync()
    {
        Loss loss;
        using var received = new PacketBuffer();
        try
        {
            int bytes;
            while ((bytes = await _socket.ReceiveAsync(received.Free(), SocketFlags.None).ConfigureAwait(false)) > 0) received.Received(bytes, this);
            loss = new Loss(GuestSourceFault.Absent, $"{Name} closed the connection: it was stopped or restarted, or has its most clients (max_clients); look at its journal");
        }
        catch (LibvirtWireException e)
        {
            loss = Garbage(e);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            loss = Broken(e);
        }

        End(loss);
    }

    private void SendPong()
    {
        Loss? loss;
        lock (_gate) loss = _loss is null ? TrySend(s_pong) : null;
        if (loss is not null) End(loss);
    }

    private Loss? TrySend(byte[] packet)
    {
        try
        {
            _outbox.Send(packet);
            return null;
        }
        catch (LibvirtWireException e)
        {
            return Hung($"takes in no requests ({e.Message})");
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return Broken(e);
        }
    }

    private void WatchIn(TimeSpan time) => _watching = _watch.Change(time, Timeout.InfiniteTimeSpan);

    /// <summary>One timer for all calls, set only while there are some.</summary>
    private void Watch()
    {
        List<Call>? late = null;
        var silent = false;
        lock (_gate)
        {
            if (_loss is not null) return;
            _watching = false;
            var oldest = TimeSpan.MinValue;
            foreach (var call in _calls.Values)
            {
                if (call is null) continue;
                var age = _time.GetElapsedTime(call.SentAt);
                if (age < Limit) oldest = age > oldest ? age : oldest;
                else (late ??= []).Add(call);
            }

            foreach (var call in late ?? [])
            {
                silent |= call.PacketsBefore == Interlocked.Read(ref _packets);
                _calls[call.Serial] = null;
            }

            if (oldest >= TimeSpan.Zero) WatchIn(Limit - oldest);
        }

        if (late is null) return;
        var hung = Hung($"does not answer within {Limit.TotalSeconds:0} s");
        if (silent) End(hung);
        foreach (var call in late)
            call.Fail(silent ? hung.ToException() : new GuestSourceException(GuestSourceFault.Failed, $"{Name} answers others, but not this request within {Limit.TotalSeconds:0} s: another job of the guest, or its QEMU, is in the way"));
    }

    private void End(Loss loss)
    {
        Call?[] calls;
        lock (_gate)
        {
            if (_loss is not null) return;
            _loss = loss;
            calls = [.. _calls.Values];
            _calls.Clear();
        }

        _watch.Dispose();
        _socket.Dispose();
        _ended.TrySetResult(loss);
        foreach (var call in calls) call?.Fail(loss.ToException());
    }

    private Loss Hung(string what) => new(GuestSourceFault.Failed, $"{Name} {what}: it hangs or is stopped; look at its journal");

    private Loss Garbage(LibvirtWireException e) => new(GuestSourceFault.Failed, $"{Name} sent what is no answer, and the connection was closed: {e.Message}; check that it is libvirt that listens there");

    private Loss Broken(Exception e) => new(GuestSourceFault.Absent, $"the connection to {Name} broke ({(e as SocketException)?.SocketErrorCode ?? SocketError.OperationAborted}): look at its journal");
}
