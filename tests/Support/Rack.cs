using System.Text.Json;

namespace NodeAgent.Tests.Support;

/// <summary>
/// A node and the switch it is cabled to, each a network namespace of its own. The node has four
/// NICs (<see cref="Nics"/>) and nothing else; the switch carries the native VLAN and VLANs 10 and
/// 20-100 on every port, and answers on the gateway address of each network.
/// </summary>
/// <remarks>
/// Needs bonding, 8021q and VLAN filtering, so it works in the VM. With <c>lacp</c> the switch has
/// an 802.3ad bond over each pair of ports that a layout bonds (enp1s0 with enp2s0, enp1s1 with
/// enp2s1); without, every port stands alone, which is what an active-backup bond wants.
/// </remarks>
public sealed class Rack : IDisposable
{
    public const string NativeGateway = "192.168.0.1";
    public const string ManagementGateway = "172.16.0.1";
    public const string DataGateway = "10.20.30.1";

    private static int created;
    private readonly string switchNamespace;

    private Rack(string name)
    {
        Namespace = name;
        switchNamespace = name + "-switch";
    }

    /// <summary>The NICs of layout A, with their firmware names.</summary>
    public static IReadOnlyList<string> Nics { get; } = ["enp1s0", "enp2s0", "enp1s1", "enp2s1"];

    /// <summary>The node's network namespace, as <c>ip netns</c> names it.</summary>
    public string Namespace { get; }

    /// <summary>The file to open for setns(2).</summary>
    public string NamespacePath => "/run/netns/" + Namespace;

    public static Rack Create(bool lacp = false)
    {
        var rack = new Rack($"rack{Interlocked.Increment(ref created)}");
        try
        {
            rack.Build(lacp);
            return rack;
        }
        catch
        {
            rack.Dispose();
            throw;
        }
    }

    /// <summary>Runs <c>ip</c> with these arguments on the node.</summary>
    public string Ip(string arguments) => Command.Line($"ip -n {Namespace} {arguments}");

    /// <summary>Runs <c>bridge</c> with these arguments on the node.</summary>
    public string Bridge(string arguments) => Command.Line($"bridge -n {Namespace} {arguments}");

    /// <summary>Runs <c>ip</c> with these arguments on the switch, whose port for enp1s0 is sw-enp1s0.</summary>
    public string Switch(string arguments) => Command.Line($"ip -n {switchNamespace} {arguments}");

    /// <summary>Runs a program on the switch.</summary>
    public (int Status, string Output, string Error) RunOnSwitch(string program, params string[] arguments) =>
        Command.Try("ip", ["netns", "exec", switchNamespace, program, .. arguments]);

    /// <summary>Runs <c>bridge</c> with these arguments on the switch.</summary>
    public string SwitchBridge(string arguments) => Command.Line($"bridge -n {switchNamespace} {arguments}");

    /// <summary>What <c>ip -d -j link show dev NAME</c> says on the node.</summary>
    public JsonElement Link(string name) => JsonDocument.Parse(Ip($"-d -j link show dev {name}")).RootElement[0];

    /// <summary>Runs <c>ip</c> commands on the node, one a line, in one process.</summary>
    public void IpBatch(string lines) => Command.Feed(lines, "ip", "-n", Namespace, "-batch", "-");

    /// <summary>Runs a program on the node: in its network namespace, with the /sys that belongs to it.</summary>
    public (int Status, string Output, string Error) Run(string program, params string[] arguments) =>
        Command.Try("ip", ["netns", "exec", Namespace, program, .. arguments]);

    /// <summary>Runs code of this process on the node: on a thread inside its network namespace (but with this machine's /sys).</summary>
    public T OnNode<T>(Func<T> action) => NetworkNamespace.RunIn(NamespacePath, action);

    /// <summary>Pulls the cable of a NIC: its carrier goes, on both sides.</summary>
    public void Unplug(string nic) => Switch($"link set sw-{nic} down");

    public void Plug(string nic) => Switch($"link set sw-{nic} up");

    /// <summary>Whether an address answers the node's ping within the time given, trying again and again.</summary>
    public bool Answers(string address, int seconds = 10) => Wait.Until(
        () => Run("ping", "-n", "-q", "-c", "1", "-W", "1", address).Status == 0,
        seconds);

    /// <summary>Whether a bond on the node reaches this many ports in its LACP aggregator.</summary>
    public bool Aggregates(string bond, int ports, int seconds = 15) => Wait.Until(
        () => Link(bond).GetProperty("linkinfo").GetProperty("info_data").TryGetProperty("ad_info", out var info)
            && info.GetProperty("num_ports").GetInt32() == ports,
        seconds);

    /// <summary>Starts a guest on a bridge of the node, with this address; with a VLAN, on that one, tagged by itself.</summary>
    public RackGuest Guest(string bridge, string tap, string address, int vlan = 0) => new(Namespace, bridge, tap, address, vlan);

    public void Dispose()
    {
        // The peers go with either end.
        Command.Try("ip", "netns", "del", switchNamespace);
        Command.Try("ip", "netns", "del", Namespace);
    }

    private void Build(bool lacp)
    {
        Command.Line($"ip netns add {Namespace}");
        Command.Line($"ip netns add {switchNamespace}");
        IpBatch(string.Join('\n', Nics.Select(nic => $"link add {nic} type veth peer name sw-{nic} netns {switchNamespace}"))
            + "\nlink set lo up\n");
        var ports = lacp ? ["lag0", "lag1"] : Nics.Select(nic => "sw-" + nic).ToArray();
        Feed("ip", SwitchLinks(lacp, ports));
        Feed("bridge", SwitchVlans(ports));
    }

    private void Feed(string program, IEnumerable<string> lines) =>
        Command.Feed(string.Join('\n', lines) + "\n", program, "-n", switchNamespace, "-batch", "-");

    private static IEnumerable<string> SwitchLinks(bool lacp, string[] ports)
    {
        yield return "link add fabric type bridge vlan_filtering 1 forward_delay 0 mcast_snooping 0";
        if (lacp)
        {
            foreach (var lag in ports)
            {
                yield return $"link add {lag} type bond mode 802.3ad miimon 50 lacp_rate fast xmit_hash_policy layer3+4";
            }

            foreach (var nic in Nics)
            {
                yield return $"link set sw-{nic} master {(nic.EndsWith("s0", StringComparison.Ordinal) ? "lag0" : "lag1")}";
            }
        }

        foreach (var port in ports)
        {
            yield return $"link set {port} master fabric up";
        }

        foreach (var nic in Nics)
        {
            yield return $"link set sw-{nic} up";
        }

        yield return "link add link fabric name fabric.10 type vlan id 10";
        yield return "link add link fabric name fabric.20 type vlan id 20";
        yield return $"address add {NativeGateway}/22 dev fabric";
        yield return $"address add {ManagementGateway}/22 dev fabric.10";
        yield return $"address add {DataGateway}/16 dev fabric.20";
        yield return "link set lo up";
        yield return "link set fabric up";
        yield return "link set fabric.10 up";
        yield return "link set fabric.20 up";
    }

    private static IEnumerable<string> SwitchVlans(string[] ports)
    {
        yield return "vlan add dev fabric vid 10 self";
        yield return "vlan add dev fabric vid 20 self";
        foreach (var port in ports)
        {
            yield return $"vlan add dev {port} vid 10";
            yield return $"vlan add dev {port} vid 20-100";
        }
    }
}
