using NodeAgent.Native.Linux;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>
/// Hears what changes in the calling thread's network namespace. Open it first, then list: what changes in between comes as an event.
/// One reader; <see cref="Stop"/> and <see cref="Wake"/> from any thread.
/// </summary>
public sealed class RtnlMonitor : IDisposable
{
    /// <summary>Events given out at once, so that a storm does not grow a list without bound.</summary>
    private const int MostAtOnce = 4096;

    /// <summary>Messages discarded at once after an overflow, so that a storm cannot hold the reader for ever.</summary>
    private const int MostDiscarded = 1 << 20;

    private readonly NetlinkSocket _socket;

    private RtnlMonitor(NetlinkSocket socket) => _socket = socket;

    /// <summary>How often events were lost so far.</summary>
    public long Overflows { get; private set; }

    /// <summary>Messages about changes received so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Bytes for events not yet read, as the kernel counts them; less than asked for without CAP_NET_ADMIN on the host.</summary>
    public int ReceiveBufferSize => _socket.ReceiveBufferSize;

    /// <param name="groups">What to listen to.</param>
    /// <param name="receiveBuffer">Bytes for events not yet read; a link event takes about 4 KiB of it.</param>
    public static RtnlMonitor Open(MonitorGroups groups = MonitorGroups.Default, int receiveBuffer = 16 << 20)
    {
        var socket = NetlinkSocket.Open(NetlinkProtocol.Route, receiveBuffer);
        try
        {
            foreach (var group in Numbers(groups))
                socket.Join(group);
            return new RtnlMonitor(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits for events and takes those that are queued, replacing what is in <paramref name="events"/>.
    /// A negative timeout waits until there are some.
    /// </summary>
    public MonitorStatus Read(List<RtnlEvent> events, TimeSpan timeout)
    {
        events.Clear();
        // Stop must be seen even when events never cease, so this comes first every time.
        switch (_socket.Wait(timeout))
        {
            case WaitStatus.Stopped: return MonitorStatus.Stopped;
            case WaitStatus.TimedOut: return MonitorStatus.TimedOut;
            case WaitStatus.Woken: return MonitorStatus.Woken;
        }

        while (events.Count < MostAtOnce)
        {
            switch (_socket.Receive(out var data))
            {
                case ReceiveStatus.Empty: return Heard(events);
                case ReceiveStatus.Data when TryDecode(data, events): break;
                default: return Overflow(events);
            }
        }

        return Heard(events);
    }

    private MonitorStatus Heard(List<RtnlEvent> events)
    {
        Messages += events.Count;
        return MonitorStatus.Events;
    }

    /// <summary>Ends the current and every later <see cref="Read"/>.</summary>
    public void Stop() => _socket.Stop();

    /// <summary>Ends the current or else the next <see cref="Read"/> with <see cref="MonitorStatus.Woken"/>.</summary>
    public void Wake() => _socket.Wake();

    public void Dispose() => _socket.Dispose();

    private MonitorStatus Overflow(List<RtnlEvent> events)
    {
        Overflows++;
        events.Clear();
        for (var i = 0; i < MostDiscarded && _socket.Receive(out _) != ReceiveStatus.Empty; i++)
        {
        }

        return MonitorStatus.Overflow;
    }

    /// <summary>False for a message that makes no sense: as good as a lost one.</summary>
    private static bool TryDecode(ReadOnlySpan<byte> datagram, List<RtnlEvent> events)
    {
        try
        {
            Decode(datagram, events);
            return true;
        }
        catch (NetlinkException)
        {
            return false;
        }
    }

    /// <summary>Appends the events of one datagram; messages of other kinds are skipped.</summary>
    internal static void Decode(ReadOnlySpan<byte> datagram, List<RtnlEvent> events)
    {
        var messages = new MessageReader(datagram);
        while (messages.Next())
        {
            var sender = messages.Header.PortId;
            switch (messages.Header.Type)
            {
                case RtnlMessageType.NewLink or RtnlMessageType.DeleteLink:
                    var link = Decode<LinkMessage>(messages.Payload);
                    if (LinkKind(messages.Header.Type, link.Family) is { } kind)
                        events.Add(new(kind, sender, Link: link));
                    break;
                case RtnlMessageType.NewAddress:
                    events.Add(new(RtnlEventKind.AddressChanged, sender, Address: Decode<AddressMessage>(messages.Payload)));
                    break;
                case RtnlMessageType.DeleteAddress:
                    events.Add(new(RtnlEventKind.AddressRemoved, sender, Address: Decode<AddressMessage>(messages.Payload)));
                    break;
                case RtnlMessageType.NewRoute:
                    events.Add(new(RtnlEventKind.RouteChanged, sender, Route: Decode<RouteMessage>(messages.Payload)));
                    break;
                case RtnlMessageType.DeleteRoute:
                    events.Add(new(RtnlEventKind.RouteRemoved, sender, Route: Decode<RouteMessage>(messages.Payload)));
                    break;
                case RtnlMessageType.NewNeighbour:
                    events.Add(new(RtnlEventKind.NeighbourChanged, sender, Neighbour: Decode<NeighbourMessage>(messages.Payload)));
                    break;
                case RtnlMessageType.DeleteNeighbour:
                    events.Add(new(RtnlEventKind.NeighbourRemoved, sender, Neighbour: Decode<NeighbourMessage>(messages.Payload)));
                    break;
            }
        }
    }

    private static RtnlEventKind? LinkKind(ushort type, AddressFamily family) => (family, type == RtnlMessageType.NewLink) switch
    {
        (AddressFamily.Unspecified, true) => RtnlEventKind.LinkChanged,
        (AddressFamily.Unspecified, false) => RtnlEventKind.LinkRemoved,
        (AddressFamily.Bridge, true) => RtnlEventKind.BridgePortChanged,
        (AddressFamily.Bridge, false) => RtnlEventKind.BridgePortRemoved,
        _ => null,
    };

    private static T Decode<T>(ReadOnlySpan<byte> payload)
        where T : INetlinkMessage, new()
    {
        var message = new T();
        message.Decode(payload);
        return message;
    }

    private static IEnumerable<int> Numbers(MonitorGroups groups)
    {
        if (groups.HasFlag(MonitorGroups.Links))
            yield return RtnlGroup.Link;
        if (groups.HasFlag(MonitorGroups.Neighbours))
            yield return RtnlGroup.Neighbour;
        if (groups.HasFlag(MonitorGroups.Addresses))
        {
            yield return RtnlGroup.IPv4Address;
            yield return RtnlGroup.IPv6Address;
        }

        if (groups.HasFlag(MonitorGroups.Routes))
        {
            yield return RtnlGroup.IPv4Route;
            yield return RtnlGroup.IPv6Route;
        }
    }
}
