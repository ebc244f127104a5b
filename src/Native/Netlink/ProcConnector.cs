using System.Diagnostics;
using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;

namespace NodeAgent.Native.Netlink;

/// <summary>
/// Hears from the kernel which processes begin to run another program, and which end (NETLINK_CONNECTOR, CONFIG_PROC_EVENTS). Forks and threads
/// are filtered away before they wake anybody. Takes CAP_NET_ADMIN, and the initial network, PID and user namespaces.
/// https://docs.kernel.org/driver-api/connector.html
/// </summary>
public sealed class ProcConnector : IDisposable
{
    private const uint PROC_CN_MCAST_LISTEN = 1;
    private const uint PROC_CN_MCAST_IGNORE = 2;
    private const int RequestLength = ProcessEvent.EventOffset + sizeof(uint);

    /// <summary>Messages discarded at once after an overflow, so that a storm cannot hold the reader for ever.</summary>
    private const int MostDiscarded = 1 << 20;

    /// <summary>The kernel answers while it takes the request: this only bounds a wait for what never comes.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly NetlinkSocket _socket;

    private ProcConnector(NetlinkSocket socket) => _socket = socket;

    /// <summary>To wait for beside others.</summary>
    public FileDescriptor Descriptor => _socket.Descriptor;

    /// <param name="withExits">Ends of processes too.</param>
    /// <param name="receiveBuffer">Bytes for events not yet read; one takes about 1 KiB of it.</param>
    /// <exception cref="NetlinkException">It cannot be had: ECONNREFUSED or EPROTONOSUPPORT, not in this network namespace or kernel; EPERM, without CAP_NET_ADMIN; ETIMEDOUT, not in this PID namespace.</exception>
    public static ProcConnector Open(bool withExits, int receiveBuffer = 4 << 20)
    {
        var socket = NetlinkSocket.Open(NetlinkProtocol.Connector, receiveBuffer);
        var connector = new ProcConnector(socket);
        try
        {
            socket.Join((int)ProcessEvent.Index);
            socket.Attach(Filter(withExits));
            connector.Listen();
            return connector;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The next event, without waiting.</summary>
    /// <returns><see cref="ReceiveStatus.Overflow"/>: some were lost, and what was queued was dropped.</returns>
    /// <exception cref="NetlinkException">The socket fails.</exception>
    public ReceiveStatus Receive(out ProcessEvent heard)
    {
        heard = default;
        while (true)
        {
            switch (_socket.Receive(out var datagram))
            {
                case ReceiveStatus.Data when ProcessEvent.TryParse(datagram, out heard) && heard.Kind != ProcessEventKind.None: return ReceiveStatus.Data;
                case ReceiveStatus.Data or ReceiveStatus.Truncated: continue;
                case ReceiveStatus.Empty: return ReceiveStatus.Empty;
                default:
                    for (var i = 0; i < MostDiscarded && _socket.Receive(out _) != ReceiveStatus.Empty; i++)
                    {
                    }

                    return ReceiveStatus.Overflow;
            }
        }
    }

    public void Dispose()
    {
        // Kernels before 6.6 count listeners, and do not notice that one is gone.
        _ = Send(PROC_CN_MCAST_IGNORE, 0);
        _socket.Dispose();
    }

    /// <summary>Answers, programs that begin and, if wanted, first threads that end, whose number is their process's.</summary>
    private static SocketFilter.Instruction[] Filter(bool withExits) =>
    [
        SocketFilter.Load(ProcessEvent.EventOffset),
        SocketFilter.JumpIfEqual((uint)ProcessEventKind.Exec, 6, 0),
        SocketFilter.JumpIfEqual((uint)ProcessEventKind.None, 5, 0),
        SocketFilter.JumpIfEqual(withExits ? (uint)ProcessEventKind.Exit : (uint)ProcessEventKind.Exec, 0, 5),
        SocketFilter.Load(ProcessEvent.DataOffset),
        SocketFilter.Keep(),
        SocketFilter.Load(ProcessEvent.DataOffset + sizeof(uint)),
        SocketFilter.JumpIfKept(0, 1),
        SocketFilter.Accept(),
        SocketFilter.Drop(),
    ];

    private void Listen()
    {
        const string operation = "listen to events of processes";
        const string target = "at the kernel's connector";
        var number = (uint)Random.Shared.Next(1, int.MaxValue);
        if (Send(PROC_CN_MCAST_LISTEN, number) is var refused && refused != 0) throw new NetlinkException(operation, target, refused);
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_patience;)
        {
            if (_socket.Receive(out var datagram) != ReceiveStatus.Data)
            {
                _socket.Wait(s_patience - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero);
                continue;
            }

            // Every listener hears the answers to all.
            if (!ProcessEvent.TryParse(datagram, out var heard) || heard.Kind != ProcessEventKind.None || heard.Answer != number + 1) continue;
            if (heard.Errno != 0) throw new NetlinkException(operation, target, Math.Abs(heard.Errno), detail: "it takes CAP_NET_ADMIN");
            return;
        }

        throw new NetlinkException(operation, target, Errno.ETIMEDOUT, detail: "the kernel does not answer, as outside of the initial PID or user namespace");
    }

    private int Send(uint operation, uint number)
    {
        Span<byte> request = stackalloc byte[RequestLength];
        request.Clear();
        MemoryMarshal.Write(request, new MessageHeader { Length = RequestLength, Type = MessageHeader.Done });
        var message = request[ProcessEvent.ConnectorOffset..];
        BitConverter.TryWriteBytes(message, ProcessEvent.Index);
        BitConverter.TryWriteBytes(message[4..], ProcessEvent.Index);
        BitConverter.TryWriteBytes(message[12..], number);
        BitConverter.TryWriteBytes(message[16..], (ushort)sizeof(uint));
        BitConverter.TryWriteBytes(message[20..], operation);
        return _socket.Send(request);
    }
}
