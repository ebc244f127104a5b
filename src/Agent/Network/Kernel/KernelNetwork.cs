using System.Net;
using NodeAgent.Native.Linux;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Kernel;

/// <summary>The network stack of the namespace this was made in, over one netlink connection. Not for use by two threads at once.</summary>
internal sealed class KernelNetwork(string proc, PortDetails details) : IKernelNetwork, IDisposable
{
    private readonly string _proc = proc;
    private readonly NetlinkConnection _connection = NetlinkConnection.Open();
    private readonly List<LinkMessage> _bridges = [];
    private readonly List<AddressMessage> _addresses = [];
    private readonly List<RouteMessage> _routes = [];

    /// <summary>How many steps go to the kernel together; 1 in tests that stop after each.</summary>
    public int StepsAtOnce { get; init; } = int.MaxValue;

    public NetlinkConnection Connection => _connection;

    public NetworkSnapshot Observe() => List().Snapshot;

    /// <summary>Lists everything into a new state that events can then be applied to.</summary>
    public KernelState List()
    {
        var state = new KernelState(details);
        // A list of its own: the messages hold objects that the state does not copy.
        var links = new List<LinkMessage>();
        _connection.DumpLinks(links);
        foreach (var link in links) state.Announce(link);
        foreach (var link in links) state.Put(link);
        _connection.DumpBridgeVlans(_bridges);
        foreach (var port in _bridges) state.PutVlans(port);
        _connection.DumpAddresses(_addresses);
        foreach (var address in _addresses) state.Put(address);
        _connection.DumpRoutes(_routes);
        foreach (var route in _routes) state.Put(route);
        state.TakeChanged();
        return state;
    }

    /// <summary>Lists anew the routes over one link, of the tables in which the state knows some: no others can be gone.</summary>
    public void ListRoutes(KernelState state, int link)
    {
        foreach (var (family, table) in state.RouteTablesOf(link))
        {
            try
            {
                _connection.DumpRoutes(_routes, new RouteDump(family, (uint)table, link));
            }
            catch (NetlinkException e) when (e.Errno is Errno.ENODEV or Errno.ENOENT)
            {
                // The link, or the table with its last route, has gone by now.
                _routes.Clear();
            }

            state.ReplaceRoutes(link, family, table, _routes);
        }
    }

    public string? WhyReadOnly() => Capabilities.HasNetAdmin(_proc)
        ? null
        : "changing the network needs CAP_NET_ADMIN, which this process has not: run it as root";

    public IReadOnlyList<StepFailure> Execute(IReadOnlyList<PlanStep> steps, Action<int>? onStep) =>
        new StepExecutor(_connection, StepsAtOnce).Run(steps, onStep);

    public RouteState? Lookup(IPAddress address)
    {
        try
        {
            if (_connection.GetRoute(InetAddress.FromIPAddress(address)) is not { OutputLink: { } index } route) return null;
            return new RouteState
            {
                Destination = new IpCidr(address, address.GetAddressBytes().Length * 8),
                Gateway = route.Gateway?.ToIPAddress(),
                Device = _connection.GetLink(index)?.Name,
                Source = route.PreferredSource?.ToIPAddress(),
                Table = (int)route.Table,
            };
        }
        catch (NetlinkException)
        {
            // No route to it is no path that a change could cut.
            return null;
        }
    }

    /// <summary>Every address of a link, a forwarding table or a neighbour.</summary>
    public HashSet<MacAddress> MacsInUse()
    {
        var used = new HashSet<MacAddress>();
        var links = new List<LinkMessage>();
        var neighbours = new List<NeighbourMessage>();
        _connection.DumpLinks(links);
        foreach (var link in links)
        {
            if (link.Address is { } own) used.Add(own);
            if (link.PermanentAddress is { } permanent) used.Add(permanent);
        }

        _connection.DumpForwarding(neighbours);
        foreach (var entry in neighbours)
        {
            if (entry.LinkAddress is { } learned) used.Add(learned);
        }

        _connection.DumpNeighbours(neighbours);
        foreach (var neighbour in neighbours)
        {
            if (neighbour.LinkAddress is { } seen) used.Add(seen);
        }

        return used;
    }

    public void Dispose() => _connection.Dispose();
}
