using System.Text.Json;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>The virtual machine itself: has its kernel what the other tests take for granted?</summary>
public sealed class VmSmokeTests : IDisposable
{
    public void Dispose()
    {
        foreach (var link in new[] { "smoke-bond", "smoke-br", "smoke0", "smoke1", "smoke2" })
        {
            Command.Try("ip", "link", "del", link);
        }
    }

    [VmFact]
    public void Bond_carries_a_vlan()
    {
        Command.Line("ip link add smoke0 type dummy");
        Command.Line("ip link add smoke1 type dummy");
        Command.Line("ip link add smoke-bond type bond mode active-backup miimon 100");
        Command.Line("ip link set smoke0 master smoke-bond");
        Command.Line("ip link set smoke1 master smoke-bond");
        Command.Line("ip link add link smoke-bond name smoke.10 type vlan id 10");

        var vlan = JsonDocument.Parse(Command.Line("ip -j -d link show smoke.10")).RootElement[0];

        Assert.Equal("smoke-bond", vlan.GetProperty("link").GetString());
        Assert.Equal(10, vlan.GetProperty("linkinfo").GetProperty("info_data").GetProperty("id").GetInt32());
    }

    [VmFact]
    public void Bridge_filters_vlans()
    {
        Command.Line("ip link add smoke-br type bridge vlan_filtering 1");
        Command.Line("ip link add smoke2 type dummy");
        Command.Line("ip link set smoke2 master smoke-br");
        Command.Line("bridge vlan add dev smoke2 vid 21-100");

        var port = JsonDocument.Parse(Command.Line("bridge -j vlan show dev smoke2")).RootElement[0];

        Assert.Equal(
            Enumerable.Range(21, 80).Prepend(1),
            port.GetProperty("vlans").EnumerateArray().Select(vlan => vlan.GetProperty("vlan").GetInt32()));
    }

    [VmTheory]
    [InlineData("type veth peer name smoke1")]
    [InlineData("link smoke2 type macvlan mode bridge")]
    [InlineData("link smoke2 type macvtap mode bridge")]
    [InlineData("type vxlan id 7 dstport 4789 local 127.0.0.1")]
    public void Kernel_makes(string link)
    {
        Command.Line("ip link add smoke2 type dummy");

        Command.Line("ip link add smoke0 " + link);

        Assert.Contains("smoke0", Command.Line("ip -br link show dev smoke0"), StringComparison.Ordinal);
    }

    [VmFact]
    public void Kernel_makes_a_tap()
    {
        Command.Line("ip tuntap add dev smoke0 mode tap");

        Assert.Contains("smoke0", Command.Line("ip -br link show dev smoke0"), StringComparison.Ordinal);
    }
}
