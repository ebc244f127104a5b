using System.Net;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Working;

/// <summary>The routes at some point within a plan: those of the snapshot, less what steps took away, and what they added. Costs what is looked at, not what exists.</summary>
internal sealed class WorkingRoutes(RouteSet before)
{
    private readonly RouteSet _added = [];
    private readonly HashSet<RouteState> _gone = new(ReferenceEqualityComparer.Instance);
    private readonly List<RouteState> _lost = [];
    private readonly HashSet<(IpCidr, int, long, IPAddress?, string?)> _lostKeys = [];

    /// <summary>Routes the kernel dropped in the wake of a step, oldest first; some may be back by now.</summary>
    public IReadOnlyList<RouteState> Lost => _lost;

    public bool WasLost(RouteState route) => _lostKeys.Contains(Key(route));

    public IEnumerable<RouteState> All => Live(before, _added);

    public IEnumerable<RouteState> OfDevice(string device) => Live(before.OfDevice(device), _added.OfDevice(device));

    public IEnumerable<RouteState> To(IpCidr destination) => Live(before.To(destination), _added.To(destination));

    public void Add(RouteState route)
    {
        if (_gone.Remove(route)) return;
        foreach (var known in To(route.Destination))
        {
            if (ReferenceEquals(known, route)) return;
        }

        _added.Add(route);
    }

    /// <summary>Takes away what a step names.</summary>
    public void Remove(RouteState route)
    {
        foreach (var same in To(route.Destination))
        {
            if (Same(same, route)) _gone.Add(same);
        }
    }

    /// <summary>What the kernel does when a link goes down or away.</summary>
    public void LoseDevice(string device, bool ipv4 = true, bool ipv6 = true)
    {
        foreach (var route in OfDevice(device)) Lose(route, route.Destination.IsIpv6 ? ipv6 : ipv4);
    }

    /// <summary>What the kernel does when a local address goes: routes that prefer it as source go too.</summary>
    public void LoseSource(IPAddress source)
    {
        foreach (var route in Live(before.From(source), _added.From(source))) Lose(route, !route.IsKernels);
    }

    /// <summary>The connected prefix goes with its address.</summary>
    public void LoseConnected(string device, IpCidr address)
    {
        foreach (var route in OfDevice(device))
        {
            if (route.IsKernels && Equals(route.Source, address.Address)) _gone.Add(route);
        }
    }

    /// <summary>True where both are one route to the kernel: destination, table, metric, gateway and link.</summary>
    public static bool Same(RouteState a, RouteState b) => Key(a).Equals(Key(b));

    private void Lose(RouteState route, bool really)
    {
        if (!really || !_gone.Add(route) || route.IsKernels) return;
        _lost.Add(route);
        _lostKeys.Add(Key(route));
    }

    private static (IpCidr, int, long, IPAddress?, string?) Key(RouteState route) => (route.Destination, route.Table, route.Metric, route.Gateway, route.Device);

    private IEnumerable<RouteState> Live(IReadOnlyList<RouteState> first, IReadOnlyList<RouteState> second)
    {
        for (var i = 0; i < first.Count; i++)
        {
            if (!_gone.Contains(first[i])) yield return first[i];
        }

        for (var i = 0; i < second.Count; i++)
        {
            if (!_gone.Contains(second[i])) yield return second[i];
        }
    }
}
