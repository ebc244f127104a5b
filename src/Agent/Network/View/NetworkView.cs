using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.View;

/// <summary>Everything `net show` tells, taken at one moment.</summary>
public sealed class NetworkView
{
    private readonly Dictionary<string, List<string>> _owners = new(StringComparer.Ordinal);

    public NetworkView(NetworkSnapshot snapshot, IReadOnlyList<PolicyStatus> policies, WaitingTransaction? waiting, IReadOnlyList<MacConflict>? macs = null)
    {
        Snapshot = snapshot;
        Policies = policies;
        Waiting = waiting;
        Macs = macs ?? [];
        foreach (var policy in policies)
        {
            foreach (var link in policy.Links)
            {
                if (!_owners.TryGetValue(link, out var names)) _owners[link] = names = [];
                names.Add(policy.Name);
            }
        }
    }

    public NetworkSnapshot Snapshot { get; }

    public IReadOnlyList<PolicyStatus> Policies { get; }

    public WaitingTransaction? Waiting { get; }

    /// <summary>MAC addresses that more than one port claims, as far as somebody watched.</summary>
    public IReadOnlyList<MacConflict> Macs { get; }

    public IReadOnlyList<Problem> Problems => field ??= NetworkProblems.Of(this);

    public static NetworkView Of(INetworkEngine engine)
    {
        var state = engine.State();
        return new NetworkView(state.Snapshot, state.Policies, state.Waiting, state.Macs);
    }

    /// <summary>The policies that describe a link.</summary>
    public IReadOnlyList<string> OwnersOf(string link) => _owners.TryGetValue(link, out var names) ? names : [];

    /// <summary>That a link is down is as a policy has it: one that asks for up would show as drifted.</summary>
    public bool MayBeDown(LinkState link) => OwnersOf(link.Name).Count > 0 && Policies.All(static p => p.State == "in force");

    /// <summary>A port of a bridge that a guest brought: no policy names it, it is of a kind that guests bring, and a veth's other end is in a pod.</summary>
    public bool IsGuest(LinkState link) =>
        link.IsGuestPort && (link.Type != InterfaceType.Veth || link.LowerElsewhere) && OwnersOf(link.Name).Count == 0
        && link.Controller is { } controller && Snapshot.Find(controller)?.Type == InterfaceType.LinuxBridge;

    /// <summary>Ports that connect a bridge or bond to the outside, by name.</summary>
    public List<LinkState> UplinksOf(string controller) => Ports(controller, guests: false);

    /// <summary>Ports that guests brought, by name.</summary>
    public List<LinkState> GuestsOf(string controller) => Ports(controller, guests: true);

    /// <summary>What each bridge brings its guests, by name.</summary>
    public IReadOnlyList<VlanAvailability> VlansForGuests()
    {
        var bridges = new List<LinkState>();
        foreach (var link in Snapshot.Links.Values)
        {
            if (link.Type == InterfaceType.LinuxBridge) bridges.Add(link);
        }

        bridges.Sort(static (a, b) => NaturalOrder.Compare(a.Name, b.Name));
        return bridges.ConvertAll(b => VlanAvailability.Of(Snapshot, b, UplinksOf(b.Name)));
    }

    private List<LinkState> Ports(string controller, bool guests)
    {
        var ports = new List<LinkState>();
        foreach (var name in Snapshot.PortsOf(controller))
        {
            if (Snapshot.Find(name) is { } port && IsGuest(port) == guests) ports.Add(port);
        }

        ports.Sort(static (a, b) => NaturalOrder.Compare(a.Name, b.Name));
        return ports;
    }
}
