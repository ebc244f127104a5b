using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Tests.Support.Netlink;

/// <summary>A message that can be written and read: one row of the table that round-trip tests and the fuzzer go through.</summary>
/// <param name="Name">As in test names and in the corpus' file names.</param>
/// <param name="Generate">A random model.</param>
/// <param name="Create">An empty one to decode into.</param>
public sealed record Codec(string Name, Func<ModelGenerator, INetlinkMessage> Generate, Func<INetlinkMessage> Create)
{
    public static IReadOnlyList<Codec> All { get; } =
    [
        Link("link", g => g.Link()),
        Link("link-bond", g => g.Link(new Bond())),
        Link("link-bond-port", g => g.Link(port: new BondPort())),
        Link("link-bridge", g => g.Link(new Bridge())),
        Link("link-bridge-port", g => g.Link(port: new BridgePort())),
        Link("link-dummy", g => g.Link(new Dummy())),
        Link("link-macvlan", g => g.Link(new Macvlan())),
        Link("link-tun", g => g.Link(new Tun())),
        Link("link-veth", g => g.Link(new Veth())),
        Link("link-vlan-in-bond", g => g.Link(new Vlan(), new BondPort())),
        Link("link-vxlan", g => g.Link(new Vxlan())),
        Link("bridge-port", g => g.BridgePort()),
        new("address", g => g.Address(), () => new AddressMessage()),
        new("route", g => g.Route(), () => new RouteMessage()),
        new("neighbour", g => g.Fill(new NeighbourMessage()), () => new NeighbourMessage()),
    ];

    public INetlinkMessage Model(int seed) => Generate(new ModelGenerator(new Random(seed)));

    public static byte[] Encode(INetlinkMessage message)
    {
        using var writer = new NetlinkWriter();
        message.Encode(writer);
        return writer.Written.ToArray();
    }

    private static Codec Link(string name, Func<ModelGenerator, INetlinkMessage> generate) => new(name, generate, () => new LinkMessage());
}
