using System.Collections;
using System.Net;

namespace NodeAgent.Network.Model;

/// <summary>
/// Routes, found by link, destination and preferred source without a search through them all: a node with thousands of links has
/// thousands of routes, and an event concerns few. What finds them is made when first asked for, and kept from then on.
/// </summary>
public sealed class RouteSet : IReadOnlyList<RouteState>
{
    private readonly List<RouteState> _all = [];
    private Index? _index;

    public int Count => _all.Count;

    public RouteState this[int index] => _all[index];

    /// <summary>Routes that leave by no single link.</summary>
    public IReadOnlyList<RouteState> WithoutDevice => Indexed.WithoutDevice;

    public IReadOnlyList<RouteState> OfDevice(string device) => Indexed.ByDevice.GetValueOrDefault(device) ?? [];

    public IReadOnlyList<RouteState> To(IpCidr destination) => Indexed.ByDestination.GetValueOrDefault(destination) ?? [];

    /// <summary>Routes that prefer this address as source.</summary>
    public IReadOnlyList<RouteState> From(IPAddress source) => Indexed.BySource.GetValueOrDefault(source) ?? [];

    public void Add(RouteState route)
    {
        _all.Add(route);
        _index?.Add(route);
    }

    /// <summary>Takes this very object out.</summary>
    public void Remove(RouteState route)
    {
        if (!Drop(_all, route)) return;
        _index?.Remove(route);
    }

    public IEnumerator<RouteState> GetEnumerator() => _all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Index Indexed => _index ??= new Index(_all);

    private static bool Drop(List<RouteState> list, RouteState route)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (!ReferenceEquals(list[i], route)) continue;
            list.RemoveAt(i);
            return true;
        }

        return false;
    }

    private sealed class Index
    {
        public Index(List<RouteState> routes)
        {
            foreach (var route in routes) Add(route);
        }

        public List<RouteState> WithoutDevice { get; } = [];

        public Dictionary<string, List<RouteState>> ByDevice { get; } = new(StringComparer.Ordinal);

        public Dictionary<IpCidr, List<RouteState>> ByDestination { get; } = [];

        public Dictionary<IPAddress, List<RouteState>> BySource { get; } = [];

        public void Add(RouteState route)
        {
            Put(ByDestination, route.Destination, route);
            if (route.Device is { } device) Put(ByDevice, device, route);
            else WithoutDevice.Add(route);
            if (route.Source is { } source) Put(BySource, source, route);
        }

        public void Remove(RouteState route)
        {
            Take(ByDestination, route.Destination, route);
            if (route.Device is { } device) Take(ByDevice, device, route);
            else Drop(WithoutDevice, route);
            if (route.Source is { } source) Take(BySource, source, route);
        }

        private static void Put<TKey>(Dictionary<TKey, List<RouteState>> index, TKey key, RouteState route)
            where TKey : notnull
        {
            if (!index.TryGetValue(key, out var list)) index[key] = list = new List<RouteState>(1);
            list.Add(route);
        }

        private static void Take<TKey>(Dictionary<TKey, List<RouteState>> index, TKey key, RouteState route)
            where TKey : notnull
        {
            if (!index.TryGetValue(key, out var list) || !Drop(list, route) || list.Count > 0) return;
            index.Remove(key);
        }
    }
}
