using System.Net;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Working;

/// <summary>The routes at some point within a plan, found by device and by destination. Built only for plans that need it: it costs one pass over all routes.</summary>
internal sealed class WorkingRoutes
{
    private readonly Dictionary<string, List<RouteState>> _byDevice = new(StringComparer.Ordinal);
    private readonly Dictionary<IpCidr, List<RouteState>> _byDestination = [];
    private readonly Dictionary<IPAddress, List<RouteState>> _bySource = [];
    private readonly HashSet<RouteState> _live = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<RouteState> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<RouteState> _all = [];
    private readonly List<RouteState> _lost = [];
    private readonly HashSet<(IpCidr, int, long, IPAddress?, string?)> _lostKeys = [];

    public WorkingRoutes(IReadOnlyList<RouteState> routes)
    {
        foreach (var route in routes) Add(route);
    }

    /// <summary>Routes the kernel dropped in the wake of a step, oldest first; some may be back by now.</summary>
    public IReadOnlyList<RouteState> Lost => _lost;

    public bool WasLost(RouteState route) => _lostKeys.Contains(Key(route));

    public IEnumerable<RouteState> All => _all.Where(_live.Contains);

    public bool IsLive(RouteState route) => _live.Contains(route);

    public IEnumerable<RouteState> OfDevice(string device) => Live(_byDevice, device);

    public IEnumerable<RouteState> To(IpCidr destination) => Live(_byDestination, destination);

    public void Add(RouteState route)
    {
        _live.Add(route);
        if (!_known.Add(route)) return;
        _all.Add(route);
        Put(_byDestination, route.Destination, route);
        if (route.Device is { } device) Put(_byDevice, device, route);
        if (route.Source is { } source && !route.IsKernels) Put(_bySource, source, route);
    }

    /// <summary>Takes away what a step names.</summary>
    public void Remove(RouteState route)
    {
        foreach (var same in To(route.Destination))
        {
            if (Same(same, route)) _live.Remove(same);
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
        foreach (var route in Live(_bySource, source)) Lose(route, true);
    }

    /// <summary>The connected prefix goes with its address.</summary>
    public void LoseConnected(string device, IpCidr address)
    {
        foreach (var route in OfDevice(device))
        {
            if (route.IsKernels && Equals(route.Source, address.Address)) _live.Remove(route);
        }
    }

    /// <summary>True where both are one route to the kernel: destination, table, metric, gateway and link.</summary>
    public static bool Same(RouteState a, RouteState b) => Key(a).Equals(Key(b));

    private void Lose(RouteState route, bool really)
    {
        if (!really || !_live.Remove(route) || route.IsKernels) return;
        _lost.Add(route);
        _lostKeys.Add(Key(route));
    }

    private static (IpCidr, int, long, IPAddress?, string?) Key(RouteState route) => (route.Destination, route.Table, route.Metric, route.Gateway, route.Device);

    private IEnumerable<RouteState> Live<TKey>(Dictionary<TKey, List<RouteState>> index, TKey key)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list)) yield break;
        for (var i = 0; i < list.Count; i++)
        {
            if (_live.Contains(list[i])) yield return list[i];
        }
    }

    private static void Put<TKey>(Dictionary<TKey, List<RouteState>> index, TKey key, RouteState route)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list)) index[key] = list = [];
        list.Add(route);
    }
}
