using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Node;

namespace NodeAgent.Tests.Unit.Node;

/// <summary>A network that a test changes and publishes as the daemon does.</summary>
internal sealed class LinkMaker
{
    public NetworkSnapshot Snapshot { get; } = new();

    public static LinkState Link(string name, long mtu = 1500) => new() { Name = name, Index = IndexOf(name), Type = InterfaceType.Ethernet, Up = true, Fields = new FieldSet().Set(CommonFields.Mtu, mtu) };

    // The same in each run, which a hash of .NET is not.
    private static int IndexOf(string name) => name.Aggregate(1, static (index, c) => ((index * 31) + c) & int.MaxValue);

    public static RouteState Route(string destination, string? device) => new()
    {
        Destination = IpCidr.TryParse(destination, out var cidr) ? cidr : throw new ArgumentException(destination),
        Device = device,
    };

    /// <summary>Puts links, and tells of them.</summary>
    public NetworkChange Put(params LinkState[] links)
    {
        foreach (var link in links) Snapshot.Put(link);
        return new NetworkChange([.. links.Select(l => l.Name)], Snapshot, "event");
    }

    public NetworkChange Remove(string name)
    {
        Snapshot.Remove(name);
        return new NetworkChange([name], Snapshot, "event");
    }

    public NetworkChange Add(RouteState route)
    {
        Snapshot.Routes.Add(route);
        return new NetworkChange(route.Device is { } device ? [device] : [], Snapshot, "event", true);
    }

    /// <summary>As after a start or lost events.</summary>
    public NetworkChange Everything() => new(null, Snapshot, "listed again", true);

    /// <summary>A store that has listed these links.</summary>
    public NodeStateStore Store(int history = NodeStateStore.DefaultHistory)
    {
        var store = new NodeStateStore(7, history);
        store.Publish(Everything());
        return store;
    }
}
