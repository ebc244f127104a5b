using System.Collections.Concurrent;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Kernel;

namespace NodeAgent.Network.Drift;

/// <summary>Keeps a <see cref="KernelState"/> true: events are applied to it, and a lost event becomes one new listing, never a gap.</summary>
internal sealed class EventFeed(RtnlMonitor monitor, KernelNetwork kernel, KernelState state)
{
    /// <summary>The reason of a change that is none: nothing came within the time.</summary>
    public const string Quiet = "time";

    private readonly List<RtnlEvent> _events = [];
    private bool _stale;
    private readonly Dictionary<string, uint> _senders = new(StringComparer.Ordinal);
    private readonly HashSet<int> _suspects = [];

    public KernelState State { get; private set; } = state;

    /// <summary>Links, by ifindex, that are to be asked for when the monitor is woken.</summary>
    public ConcurrentQueue<int> Asked { get; init; } = new();

    /// <summary>How often everything was listed anew.</summary>
    public long Relists { get; private set; }

    /// <summary>Who asked for the last batch's changes of a link, as far as the kernel says: a netlink address, the process id for a program's first socket.</summary>
    public IReadOnlyDictionary<string, uint> Senders => _senders;

    /// <summary>Waits for changes. Null where the monitor was stopped; no links where the time was over or nothing the model knows changed.</summary>
    public NetworkChange? Next(TimeSpan timeout)
    {
        if (_stale) return List();
        switch (monitor.Read(_events, timeout))
        {
            case MonitorStatus.Stopped:
                return null;
            case MonitorStatus.TimedOut:
                return new NetworkChange([], State.Snapshot, Quiet);
            case MonitorStatus.Woken:
                return Asked.IsEmpty ? new NetworkChange([], State.Snapshot, "woken") : LookAgain();
            case MonitorStatus.Overflow:
                Relists++;
                _stale = true;
                return List();
        }

        _senders.Clear();
        _suspects.Clear();
        foreach (var one in _events) Apply(one);
        // The kernel drops IPv4 routes of a link that goes down, or of an address that goes, without a word about each.
        _stale = _suspects.Count > 0;
        foreach (var link in _suspects) kernel.ListRoutes(State, link);
        _stale = false;
        var routes = State.RoutesChanged;
        return new NetworkChange(State.TakeChanged(), State.Snapshot, "event", routes);
    }

    // Of some changes there is no event. A link that has gone by now is told of by one.
    private NetworkChange LookAgain()
    {
        while (Asked.TryDequeue(out var index))
        {
            if (State.NameOf(index) is not null && kernel.Connection.GetLink(index) is { } link) State.Put(link);
        }

        return new NetworkChange(State.TakeChanged(), State.Snapshot, "looked again");
    }

    // A list that fails leaves the state stale: the next call lists again, and nothing half listed is shown.
    private NetworkChange List()
    {
        State = kernel.List();
        _stale = false;
        return new NetworkChange(null, State.Snapshot, "listed again", true);
    }

    private void Apply(in RtnlEvent one)
    {
        var subject = one.Link?.Index ?? one.Address?.Index ?? one.Route?.OutputLink ?? 0;
        if (one.PortId != 0 && (one.Link?.Name ?? State.NameOf(subject)) is { } name) _senders[name] = one.PortId;
        switch (one.Kind)
        {
            case RtnlEventKind.LinkChanged:
                if (State.Put(one.Link!)) _suspects.Add(one.Link!.Index);
                break;
            case RtnlEventKind.LinkRemoved:
                State.RemoveLink(one.Link!.Index);
                break;
            case RtnlEventKind.BridgePortChanged:
                State.PutVlans(one.Link!);
                break;
            case RtnlEventKind.AddressChanged:
                State.Put(one.Address!);
                break;
            case RtnlEventKind.AddressRemoved:
                State.Remove(one.Address!);
                _suspects.Add(one.Address!.Index);
                if (one.Address.Own is { } own) _suspects.UnionWith(State.LinksFrom(own));
                break;
            case RtnlEventKind.RouteChanged:
                // NLM_F_REPLACE is not in the event's decoded form: a route of the same destination, table and metric gives way.
                State.Put(one.Route!, replaced: one.Route!.Family == Native.Rtnl.AddressFamily.Inet);
                break;
            case RtnlEventKind.RouteRemoved:
                State.Remove(one.Route!);
                break;
        }
    }
}
