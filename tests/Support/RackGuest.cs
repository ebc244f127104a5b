namespace NodeAgent.Tests.Support;

/// <summary>
/// What a virtual machine is to the network: a NIC that the node plugs into a bridge, and behind it
/// a stack of its own, which tags its frames if it is given a VLAN.
/// </summary>
public sealed class RackGuest : IDisposable
{
    private readonly string guestNamespace;

    internal RackGuest(string node, string bridge, string tap, string address, int vlan)
    {
        guestNamespace = $"{node}-{tap}";
        var nic = vlan == 0 ? "eth0" : "eth0." + vlan;
        Command.Line($"ip netns add {guestNamespace}");
        try
        {
            Command.Line($"ip -n {node} link add {tap} type veth peer name eth0 netns {guestNamespace}");
            Command.Line($"ip -n {node} link set {tap} master {bridge} up");
            var tagged = vlan == 0 ? "" : $"link add link eth0 name {nic} type vlan id {vlan}\n";
            Command.Feed(
                $"{tagged}address add {address} dev {nic}\nlink set eth0 up\nlink set {nic} up\n",
                "ip", "-n", guestNamespace, "-batch", "-");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gives its NIC another address.</summary>
    public void SetMac(string mac) => Command.Line($"ip -n {guestNamespace} link set eth0 address {mac}");

    /// <summary>Whether an address answers the guest's ping within the time given.</summary>
    public bool Reaches(string address, int seconds = 10) => Wait.Until(
        () => Command.Try("ip", "netns", "exec", guestNamespace, "ping", "-n", "-q", "-c", "1", "-W", "1", address).Status == 0,
        seconds);

    /// <summary>Switches it off: its NIC on the bridge goes.</summary>
    public void Dispose() => Command.Try("ip", "netns", "del", guestNamespace);
}
