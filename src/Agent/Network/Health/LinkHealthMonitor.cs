using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.View;
using NodeAgent.Node;
using NodeAgent.Verdicts;

namespace NodeAgent.Network.Health;

/// <summary>
/// Judges bonds, uplinks and MAC addresses of the daemon's network whenever they change, on a thread of its own that sleeps where nothing does; on a node
/// with bonds it also looks at them every <see cref="Interval"/> for what comes without an event. To be made on a thread in the daemon's
/// network namespace, and to be told what the daemon observes after the state was.
/// </summary>
internal sealed class LinkHealthMonitor : IDaemonObserver, IDisposable
{
    /// <summary>How long what comes without an event may go unseen.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Judging costs with the number of links: in a storm of changes it takes no more than one part in this many of a processor …
    private const int Rest = 50;

    // … but nothing waits longer for it than this.
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMilliseconds(500);

    // A link of which list and event never agree is not asked for all the time.
    private static readonly TimeSpan s_askAgain = TimeSpan.FromSeconds(1);

    private readonly NodeStateStore _state;
    private readonly VerdictBoard _verdicts;
    private readonly HealthFacts _facts;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly PortDetailKeeper _keeper;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private NetlinkConnection? _connection;
    private volatile ForwardingWatch? _forwarding;
    private long _asked;
    private volatile Action<IReadOnlyCollection<int>>? _lookAgain;
    private volatile bool _stop;

    public LinkHealthMonitor(NodeStateStore state, VerdictBoard verdicts, HealthFacts facts, HostPaths paths, TimeProvider clock, ILogger log)
    {
        (_state, _verdicts, _facts, _clock, _log) = (state, verdicts, facts, clock, log);
        _keeper = new PortDetailKeeper(paths.Proc, facts.Ports);
        _thread = new Thread(Run, 512 * 1024) { IsBackground = true, Name = "link health" };
        _thread.Start();
    }

    /// <summary>What is heard of MAC addresses; null as long as there was no bridge.</summary>
    public ForwardingWatch? Forwarding => _forwarding;

    /// <summary>From now on links that are not as they are known are asked for by this daemon.</summary>
    public void Follow(DriftDaemon daemon) => _lookAgain = daemon.LookAgain;

    void IDaemonObserver.Changed(NetworkChange change)
    {
        if (change.Links is null)
        {
            _wake.Set();
            return;
        }

        foreach (var name in change.Links)
        {
            if (!Matters(change.Snapshot.Find(name))) continue;
            _wake.Set();
            return;
        }
    }

    void IDaemonObserver.Policies(IReadOnlyList<PolicyStatus> policies) => _wake.Set();

    public void Dispose()
    {
        _stop = true;
        _wake.Set();
        _thread.Join(TimeSpan.FromSeconds(2));
        _forwarding?.Dispose();
    }

    // What has gone may have been anything.
    private static bool Matters(LinkState? link) => link is null || link.Controller is not null || link.Type is InterfaceType.Bond or InterfaceType.LinuxBridge or InterfaceType.Vlan;

    private void Run()
    {
        var hasBonds = false;
        while (!_stop)
        {
            var changed = _wake.WaitOne(hasBonds ? Interval : Timeout.InfiniteTimeSpan);
            if (_stop) break;
            var started = _clock.GetTimestamp();
            try
            {
                hasBonds = Turn(changed);
            }
            catch (NetlinkException e)
            {
                // A list that was interrupted, or a kernel that is out of memory: the next turn lists again.
                _log.BondsNotListed(e.Message);
                hasBonds = true;
            }

            var rest = _clock.GetElapsedTime(started) * Rest;
            if (!_stop) Thread.Sleep(rest < s_longestRest ? rest : s_longestRest);
        }

        _connection?.Dispose();
    }

    // True where there are bonds.
    private bool Turn(bool changed)
    {
        var state = _state.Current;
        if (!state.IsListed) return false;
        var hasBonds = state.Links.Values.Any(static l => l.State.Type == InterfaceType.Bond);
        if (changed) Judge(state);
        if (hasBonds) LookAtBonds(state);
        return hasBonds;
    }

    private void Judge(NodeState state)
    {
        var view = new NetworkView(state.ToSnapshot(), state.Policies, state.Waiting, _facts.Macs);
        _verdicts.Set(VerdictKind.Bond, LinkHealth.Bonds(view));
        _verdicts.Set(VerdictKind.Uplink, LinkHealth.Uplinks(view));
        _verdicts.Set(VerdictKind.Mac, LinkHealth.Macs(view));
        WatchForwarding(view);
    }

    // On this thread, whose network namespace the new one inherits; not before there is a bridge.
    private void WatchForwarding(NetworkView view)
    {
        var bridges = view.Snapshot.Links.Values.Where(static l => l.Type == InterfaceType.LinuxBridge).ToList();
        if (bridges.Count == 0 && _forwarding is null) return;
        var only = bridges.ConvertAll(b => view.UplinksOf(b.Name)).Where(static uplinks => uplinks.Count == 1).Select(static uplinks => uplinks[0].Index).ToFrozenSet();
        _forwarding ??= new ForwardingWatch(_state, _facts, () => _wake.Set(), _clock, _log, only);
        _forwarding.OnlyUplinks = only;
        if (_facts.Macs.Count > 0) _forwarding.Review();
    }

    private void LookAtBonds(NodeState state)
    {
        _connection ??= NetlinkConnection.Open();
        var bonds = new List<LinkMessage>();
        _connection.DumpLinks(bonds, new LinkDump(Kind: LinkKinds.Bond));
        var listed = new List<(LinkMessage, IReadOnlyList<LinkMessage>)>();
        foreach (var bond in bonds)
        {
            var ports = new List<LinkMessage>();
            _connection.DumpLinks(ports, new LinkDump(Master: bond.Index));
            listed.Add((bond, ports));
        }

        var changed = _keeper.Update(listed, name => state.Links.GetValueOrDefault(name)?.State, _clock.GetUtcNow());
        if (changed.Count == 0 || (_asked != 0 && _clock.GetElapsedTime(_asked) < s_askAgain)) return;
        _asked = _clock.GetTimestamp();
        _lookAgain?.Invoke(changed);
    }
}
