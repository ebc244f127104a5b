using NodeAgent.Native.Rtnl;
using NodeAgent.Network;
using NodeAgent.Tests.Kernel.Engine;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Health;

/// <summary>What a node's links, tables and neighbours have is not given out: the same random numbers lead elsewhere.</summary>
public sealed class FreeMacTests
{
    private const int Seed = 7;

    [SkippableTheory]
    [InlineData("ip link add nic1 address MAC type veth peer name nic2")]
    [InlineData("bridge fdb add MAC dev nic0 master static")]
    [InlineData("ip neigh add 192.0.2.9 lladdr MAC dev nic0 nud permanent")]
    public void What_is_in_use_is_not_given_out(string taken)
    {
        KernelSupport.Require(LinkKinds.Bridge, LinkKinds.Veth);
        NetworkNamespace.Run(() =>
        {
            Iproute.Ip("link add nic0 type veth peer name nic9");
            Iproute.Ip("link add br0 type bridge");
            Iproute.Ip("link set nic0 master br0 up");
            var wouldBe = Make();
            Command.Line(taken.Replace("MAC", wouldBe, StringComparison.Ordinal));
            Assert.NotEqual(wouldBe, Make());
        });
    }

    private static string Make()
    {
        using var node = new TestEngine(new EngineOptions { Random = new Random(Seed) });
        return Assert.Single(node.Engine.FreeMacs(1, 0x02));
    }
}
