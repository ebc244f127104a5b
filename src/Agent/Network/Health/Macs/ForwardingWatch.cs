using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.View;
using NodeAgent.Node;

namespace NodeAgent.Network.Health;

/// <summary>
/// Hears what bridges learn (RTM_NEWNEIGH and RTM_DELNEIGH of PF_BRIDGE) with a socket and a thread of its own, in the network namespace of
/// the thread that makes it: however much there is to learn, nobody else waits. Lost messages cost one new list.
/// </summary>
internal sealed class ForwardingWatch : IDisposable
{
    private const int ReceiveBuffer = 4 << 20;

    // Conflicts are judged, and everything is listed after messages were lost, no more often than this.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    // How often moves that are remembered are looked at again: they grow old, and ports go.
    private static readonly TimeSpan s_review = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(30);

    private readonly MacTable _table = new();
    private readonly NodeStateStore _state;
    private readonly HealthFacts _facts;
    private readonly Action _changed;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private RtnlMonitor? _monitor;
    private volatile FrozenSet<int> _onlyUplinks = [];
    private long _judged;
    private bool _due;
    private bool _saidFull;

    /// <param name="state">Which ports there are.</param>
    /// <param name="facts">Takes the conflicts.</param>
    /// <param name="changed">Called, on the thread of this, when they are others than before.</param>
    /// <param name="clock">Dates moves.</param>
    /// <param name="log">Told of what could not be heard.</param>
    /// <param name="onlyUplinks">As <see cref="OnlyUplinks"/>.</param>
    public ForwardingWatch(NodeStateStore state, HealthFacts facts, Action changed, TimeProvider clock, ILogger log, FrozenSet<int> onlyUplinks)
    {
        _onlyUplinks = onlyUplinks;
        (_state, _facts, _changed, _clock, _log) = (state, facts, changed, clock, log);
        _thread = new Thread(Run, 512 * 1024) { IsBackground = true, Name = "mac watch" };
        _thread.Start();
    }

    /// <summary>Moves seen since the start.</summary>
    public long Moves { get; private set; }

    /// <summary>Addresses that are watched.</summary>
    public int Addresses { get; private set; }

    /// <summary>How often messages were lost.</summary>
    public long Overflows { get; private set; }

    /// <summary>What is learned from now on is heard.</summary>
    public bool IsListening { get; private set; }

    /// <summary>Ports, by ifindex, that are their bridge's only uplink: what is learned there alone is of no interest.</summary>
    public FrozenSet<int> OnlyUplinks
    {
        set => _onlyUplinks = value;
    }

    /// <summary>Ports are others than before: conflicts are judged again, soon; from any thread.</summary>
    public void Review()
    {
        lock (_gate) _monitor?.Wake();
    }

    public void Dispose()
    {
        _stopped.Set();
        lock (_gate) _monitor?.Stop();
        _thread.Join(TimeSpan.FromSeconds(2));
    }

    private void Run()
    {
        while (!_stopped.IsSet)
        {
            try
            {
                using var connection = NetlinkConnection.Open();
                using var monitor = RtnlMonitor.Open(MonitorGroups.Neighbours, ReceiveBuffer);
                Expose(monitor);
                try
                {
                    if (!_stopped.IsSet) Follow(monitor, connection);
                }
                finally
                {
                    Expose(null);
                }
            }
            catch (NetlinkException e)
            {
                _log.ForwardingNotWatched(e.Message, s_retry.TotalSeconds);
                _stopped.Wait(s_retry);
            }
        }
    }

    // To whoever wakes and stops it: never one that is closed.
    private void Expose(RtnlMonitor? monitor)
    {
        lock (_gate) _monitor = monitor;
    }

    private void Follow(RtnlMonitor monitor, NetlinkConnection connection)
    {
        var events = new List<RtnlEvent>();
        List(connection);
        IsListening = true;
        while (true)
        {
            switch (monitor.Read(events, UntilNext()))
            {
                case MonitorStatus.Stopped:
                    return;
                case MonitorStatus.TimedOut:
                case MonitorStatus.Woken:
                    _due = true;
                    break;
                case MonitorStatus.Overflow:
                    Overflows++;
                    _log.ForwardingLost();
                    // A storm that fills the buffer fills it again at once.
                    if (_stopped.Wait(s_pause)) return;
                    List(connection);
                    break;
                case MonitorStatus.Events:
                    _table.OnlyUplinks = _onlyUplinks;
                    var now = _clock.GetUtcNow();
                    foreach (var one in events) Take(one, now);
                    events.Clear();
                    break;
            }

            Show();
            if (_due && _clock.GetElapsedTime(_judged) >= s_pause) Judge();
        }
    }

    private TimeSpan UntilNext()
    {
        if (!_due) return _table.HasMoves ? s_review : Timeout.InfiniteTimeSpan;
        var left = s_pause - _clock.GetElapsedTime(_judged);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void List(NetlinkConnection connection)
    {
        var entries = new List<NeighbourMessage>();
        _table.OnlyUplinks = _onlyUplinks;
        _table.BeginList();
        var now = _clock.GetUtcNow();
        connection.DumpForwarding(entries);
        foreach (var entry in entries) Learn(entry, now);
        _table.EndList();
        Show();
    }

    private void Take(in RtnlEvent one, DateTimeOffset now)
    {
        if (one.Neighbour is not { } entry) return;
        if (one.Kind == RtnlEventKind.NeighbourChanged) Learn(entry, now);
        else if (KeyOf(entry) is { } key) Forget(key);
    }

    // With its port a conflict may have gone.
    private void Forget(MacKey key)
    {
        _table.Forget(key);
        _due |= _table.HasMoves;
    }

    // What is permanent is the port's own address, which nobody learned.
    private void Learn(NeighbourMessage entry, DateTimeOffset now)
    {
        if (KeyOf(entry) is { } key && !entry.State.HasFlag(NeighbourState.Permanent) && _table.Learn(key, entry.Index, now)) _due = true;
    }

    // Entries without a bridge are a VXLAN's, or a NIC's filter.
    private static MacKey? KeyOf(NeighbourMessage entry) =>
        entry is { Family: AddressFamily.Bridge, Master: { } bridge, LinkAddress: { } mac } && !mac.IsMulticast ? new MacKey(bridge, entry.Vlan ?? 0, mac.Value) : null;

    private void Show()
    {
        (Moves, Addresses) = (_table.Moves, _table.Count);
        if (!_table.IsFull || _saidFull) return;
        _saidFull = true;
        _log.TooManyAddresses(MacTable.Most);
    }

    private void Judge()
    {
        (_due, _judged) = (false, _clock.GetTimestamp());
        var moving = _table.Moving(_clock.GetUtcNow());
        if (moving.Count == 0 && _facts.Macs.Count == 0) return;
        var state = _state.Current;
        var conflicts = MacJudge.Moving(moving, new NetworkView(state.ToSnapshot(), state.Policies, state.Waiting));
        if (conflicts.SequenceEqual(_facts.Macs)) return;
        _facts.Macs = conflicts;
        _changed();
    }
}
