using System.Net;
using NodeAgent.Network.Applying;
using Xunit;

namespace NodeAgent.Tests.Unit.Api;

public sealed class CallerPathTests
{
    [Theory]
    [InlineData("192.0.2.7 50000 192.0.2.1 22", "192.0.2.7")]
    [InlineData("2001:db8::7 50000 2001:db8::1 22", "2001:db8::7")]
    [InlineData("::ffff:192.0.2.7 50000 ::ffff:192.0.2.1 22", "192.0.2.7")]
    [InlineData("", null)]
    [InlineData("192.0.2.7", null)]
    [InlineData("nonsense 1 2 3", null)]
    [InlineData(null, null)]
    public void Of_an_ssh_session(string? variable, string? address) => Assert.Equal(address, CallerPath.OfSsh(variable)?.Address.ToString());

    [Fact]
    public void Of_a_peer_on_a_socket_of_both_families()
    {
        var path = CallerPath.OfPeer(IPAddress.Parse("::ffff:192.0.2.7"));
        Assert.Equal((IPAddress.Parse("192.0.2.7"), "your connection from 192.0.2.7"), (path.Address, path.Description));
    }
}
