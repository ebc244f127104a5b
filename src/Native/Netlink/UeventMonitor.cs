using NodeAgent.Native.Linux;

namespace NodeAgent.Native.Netlink;

/// <summary>
/// Hears the kernel's device events, as udev does (group 1 of NETLINK_KOBJECT_UEVENT; only the kernel is believed).
/// They reach network namespaces of the initial user namespace alone. Open it first, then read what there is: what changes in
/// between comes as an event. One reader, which allocates nothing; <see cref="Stop"/> and <see cref="Wake"/> from any thread.
/// </summary>
public sealed class UeventMonitor : IDisposable
{
    private const int KernelGroup = 1;

    /// <summary>Messages discarded at once after an overflow, so that a storm cannot hold the reader for ever.</summary>
    private const int MostDiscarded = 1 << 20;

    private readonly NetlinkSocket _socket;

    private UeventMonitor(NetlinkSocket socket) => _socket = socket;

    /// <summary>How often events were lost so far.</summary>
    public long Overflows { get; private set; }

    /// <param name="receiveBuffer">Bytes for events not yet read; an event takes about 1 KiB of it.</param>
    /// <exception cref="NetlinkException">The socket cannot be had.</exception>
    public static UeventMonitor Open(int receiveBuffer = 4 << 20)
    {
        var socket = NetlinkSocket.Open(NetlinkProtocol.KObjectUEvent, receiveBuffer);
        try
        {
            socket.Join(KernelGroup);
            return new UeventMonitor(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the next event; a negative timeout waits until there is one. What is queued comes without waiting.</summary>
    /// <param name="uevent">With <see cref="MonitorStatus.Events"/>: one event, valid until the next call.</param>
    public MonitorStatus Read(TimeSpan timeout, out Uevent uevent)
    {
        while (true)
        {
            // Stop must be seen even when events never cease, so this comes first every time.
            var waited = _socket.Wait(timeout);
            if (waited != WaitStatus.Ready)
            {
                uevent = default;
                return waited switch
                {
                    WaitStatus.Stopped => MonitorStatus.Stopped,
                    WaitStatus.Woken => MonitorStatus.Woken,
                    _ => MonitorStatus.TimedOut,
                };
            }

            switch (_socket.Receive(out var datagram))
            {
                case ReceiveStatus.Data when Uevent.TryParse(datagram, out uevent): return MonitorStatus.Events;
                case ReceiveStatus.Data or ReceiveStatus.Empty: continue;
                default:
                    uevent = default;
                    return Overflow();
            }
        }
    }

    /// <summary>Ends the current and every later <see cref="Read"/>.</summary>
    public void Stop() => _socket.Stop();

    /// <summary>Ends the current or else the next <see cref="Read"/> with <see cref="MonitorStatus.Woken"/>.</summary>
    public void Wake() => _socket.Wake();

    public void Dispose() => _socket.Dispose();

    private MonitorStatus Overflow()
    {
        Overflows++;
        for (var i = 0; i < MostDiscarded && _socket.Receive(out _) != ReceiveStatus.Empty; i++)
        {
        }

        return MonitorStatus.Overflow;
    }
}
