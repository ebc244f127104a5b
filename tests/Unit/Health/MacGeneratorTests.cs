using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Health;
using Xunit;

namespace NodeAgent.Tests.Unit.Health;

public sealed class MacGeneratorTests
{
    [Fact]
    public void Addresses_are_unicast_locally_administered_and_begin_as_the_platforms_do()
    {
        var macs = MacGenerator.Generate(MacGenerator.Most, null, [], new Random(1));
        Assert.Equal(MacGenerator.Most, macs.Distinct().Count());
        Assert.All(macs, static m => Assert.True(m.IsLocallyAdministered && !m.IsMulticast, m.ToString()));
        Assert.Equal([0x02, 0x06, 0x0a, 0x0e], macs.Select(static m => (int)(m.Value >> 40)).Distinct().Order());
    }

    [Theory]
    [InlineData(0x02)]
    [InlineData(0x06)]
    [InlineData(0x0a)]
    [InlineData(0x0e)]
    public void The_first_byte_is_the_one_asked_for(byte prefix) =>
        Assert.All(MacGenerator.Generate(100, prefix, [], new Random(1)), m => Assert.Equal(prefix, m.Value >> 40));

    [Fact]
    public void What_is_in_use_is_not_given_out()
    {
        var first = MacGenerator.Generate(100, 2, [], new Random(7));
        Assert.Empty(MacGenerator.Generate(100, 2, first, new Random(7)).Intersect(first));
        Assert.Equal(first, MacGenerator.Generate(100, 2, [], new Random(7)));
    }

    [Fact]
    public void The_guest_behind_a_tap_is_not_given_out_a_second_time()
    {
        var guest = MacGenerator.Generate(1, 2, [], new Random(7))[0];
        var tap = new MacAddress((guest.Value & 0xff_ffff_ffff) | (0xfeUL << 40));
        Assert.NotEqual(guest, MacGenerator.Generate(1, 2, [tap], new Random(7))[0]);
    }

    [Theory]
    [InlineData(0, 0x02)]
    [InlineData(1001, 0x02)]
    [InlineData(1, 0x52)]
    public void What_is_out_of_range_is_misuse(int count, byte prefix) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MacGenerator.Generate(count, prefix, [], new Random(1)));
}
