using System.Buffers.Binary;
using System.Numerics;
using NodeAgent.Kvm.Probing;
using Xunit;

namespace NodeAgent.Tests.Unit.Kvm;

/// <summary>The guest's page; that its code does what is said is shown on real KVM in tests/Kernel.</summary>
public sealed class ProbeGuestTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(int.MinValue)]
    public void The_page_holds_code_numbers_and_a_result_that_is_wrong_until_the_guest_has_run(int seed)
    {
        var guest = ProbeGuest.Of(seed);
        var page = new byte[ProbeGuest.PageBytes];
        guest.CopyTo(page);
        Assert.Equal(0xBE, page[0]);
        Assert.NotEqual(guest.Expected, ProbeGuest.ResultIn(page));
        var sum = 0u;
        for (var i = 0; i < 64; i++) sum = BitOperations.RotateLeft(sum + BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(0x400 + 4 * i)), 5);
        Assert.Equal(guest.Expected, sum);
    }

    [Fact]
    public void Each_seed_has_numbers_of_its_own() => Assert.Equal(100, Enumerable.Range(0, 100).Select(static seed => ProbeGuest.Of(seed).Expected).Distinct().Count());
}
