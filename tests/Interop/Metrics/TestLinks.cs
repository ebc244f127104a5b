using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Interop.Metrics;

/// <summary>A bridge with a port, a macvlan, an alias, a link that is down, and some traffic; gone with the test.</summary>
internal sealed class TestLinks : IDisposable
{
    public TestLinks()
    {
        // Router solicitations would be counted between two readings.
        File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
        Command.Feed("""
            link add br0 type bridge
            link add v0 type veth peer name v1
            link set v0 master br0
            link set v0 up
            link set v1 up
            link set br0 up
            link add link v1 name mv0 type macvlan mode bridge
            link set mv0 up mtu 1400
            link add down0 type veth peer name down1
            link set down1 group 17 txqueuelen 55
            addr add 192.0.2.1/24 dev br0
            addr add 192.0.2.2/24 dev v1

            """, "ip", "-batch", "-");
        Command.Run("ip", "link", "set", "down0", "alias", "to \"rack 7\" \\ B");
        Command.Try("ping", "-c", "3", "-i", "0.2", "-W", "1", "-b", "-I", "br0", "192.0.2.255");
    }

    public void Dispose()
    {
        foreach (var link in (string[])["br0", "v0", "down0"]) Command.Run("ip", "link", "del", link);
    }
}
