using System.Text;
using NodeAgent.Native.Linux;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Drift;

/// <summary>A node that this machine's kernel can make: a bridge over a NIC, a NIC with an address, a macvlan; and the ways it drifts.</summary>
internal static class DriftingNode
{
    public const string Policy = """
        interfaces:
        - name: br0
          type: linux-bridge
          state: up
          bridge:
            port:
            - name: nic0
        - name: nic1
          type: veth
          state: up
          mtu: 1400
          ipv4:
            enabled: true
            address:
            - ip: 192.0.2.1
              prefix-length: 24
        - name: mv0
          type: mac-vlan
          state: up
          mac-vlan:
            base-iface: nic1
            mode: bridge

        """;

    /// <summary>True once the links that the policy makes are there.</summary>
    public static bool IsInForce => NetIf.if_nametoindex("br0") > 0 && NetIf.if_nametoindex("mv0") > 0;

    /// <param name="others">Links that are none of the policy's business, each up and with an address and so with a route.</param>
    public static void Create(int others)
    {
        // The kernel walks all IPv6 routes whenever a link goes up or down or changes its MTU: its cost, not the agent's.
        File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
        var commands = new StringBuilder();
        foreach (var nic in new[] { "nic0", "nic1", "base" })
            commands.Append($"link add {nic} type veth peer name sw-{nic}\nlink set sw-{nic} up\nlink set {nic} up\n");
        for (var i = 0; i < others; i++)
        {
            commands.Append($"link add link base name other{i} up type macvlan mode private\n");
            commands.Append($"address add 10.{i >> 8}.{i & 255}.1/24 dev other{i}\n");
        }

        Command.Feed(commands.ToString(), "ip", "-batch", "-");
    }

    /// <summary>Made once the policy is in force, since events and requests go by index.</summary>
    public static IEnumerable<Drift> Drifts()
    {
        int bridge = Iproute.Index("br0"), port = Iproute.Index("nic0"), nic = Iproute.Index("nic1");
        var address = InetAddress.Parse("192.0.2.1");
        yield return new(
            "MTU changed",
            batch => batch.SetLink(new LinkMessage { Index = nic, Mtu = 1300 }),
            e => e is { Kind: RtnlEventKind.LinkChanged, Link: { Mtu: 1300 } link } && link.Index == nic,
            e => e is { Kind: RtnlEventKind.LinkChanged, Link: { Mtu: 1400 } link } && link.Index == nic);
        yield return new(
            "address removed",
            batch => batch.DeleteAddress(AddressMessage.For(nic, address, 24)),
            e => e is { Kind: RtnlEventKind.AddressRemoved, Address: { } a } && a.Index == nic && a.Own.Equals(address),
            e => e is { Kind: RtnlEventKind.AddressChanged, Address: { } a } && a.Index == nic && a.Own.Equals(address));
        yield return new(
            "port taken off its bridge",
            batch => batch.SetLink(new LinkMessage { Index = port, Master = 0 }),
            e => e is { Kind: RtnlEventKind.LinkChanged, Link: { Master: null or 0 } link } && link.Index == port,
            e => e is { Kind: RtnlEventKind.LinkChanged, Link: { Master: { } master } link } && link.Index == port && master == bridge);
        yield return new(
            "link deleted",
            batch => batch.DeleteLink("mv0"),
            e => e is { Kind: RtnlEventKind.LinkRemoved, Link.Name: "mv0" },
            e => e is { Kind: RtnlEventKind.LinkChanged, Link: { Name: "mv0", IsUp: true } });
    }
}
