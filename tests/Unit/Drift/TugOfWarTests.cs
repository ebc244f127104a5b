using NodeAgent.Network.Drift;
using Xunit;

namespace NodeAgent.Tests.Unit.Drift;

public sealed class TugOfWarTests
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void The_fifth_repair_within_a_minute_is_the_last()
    {
        var war = new TugOfWar();
        var options = new DriftOptions();
        for (var i = 0; i < 4; i++) Assert.False(war.Count("p br0 mtu", s_start.AddSeconds(i), options));
        Assert.True(war.Count("p br0 mtu", s_start.AddSeconds(59), options));
    }

    [Fact]
    public void Repairs_far_apart_are_no_war()
    {
        var war = new TugOfWar();
        var options = new DriftOptions();
        for (var i = 0; i < 100; i++) Assert.False(war.Count("p br0 mtu", s_start.AddSeconds(i * 16), options));
    }

    [Fact]
    public void Each_field_of_each_link_is_counted_for_itself_and_forgotten_on_a_reset()
    {
        var war = new TugOfWar();
        var options = new DriftOptions { TugOfWarRepairs = 2 };
        Assert.False(war.Count("p br0 mtu", s_start, options));
        Assert.False(war.Count("p br1 mtu", s_start, options));
        war.Reset();
        Assert.False(war.Count("p br0 mtu", s_start, options));
        Assert.True(war.Count("p br0 mtu", s_start, options));
    }
}
