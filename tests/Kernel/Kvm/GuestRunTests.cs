using NodeAgent.Files;
using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Probing;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Kvm;

/// <summary>Guests on this machine's real KVM: the one that is right, and those that go wrong in each way.</summary>
[Collection(RealKvm.Collection)]
public sealed class GuestRunTests
{
    private const string ThreadName = "test guest";

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public void The_probes_guest_comes_to_the_right_result()
    {
        var result = Run(ProbeGuest.Of(1), Long);
        Assert.Equal("a guest ran and left the right result in memory, at a port and in a register", result.Reason);
        Assert.Equal(ProbeOutcome.Passed, result.Outcome);
    }

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(int.MinValue)]
    [InlineData(987654321)]
    public void Whatever_the_numbers_are(int seed) => Assert.Equal(ProbeOutcome.Passed, Run(ProbeGuest.Of(seed), Long).Outcome);

    [SkippableFact]
    public void A_guest_that_loops_for_ever_is_ended_by_the_time_limit()
    {
        // again: jmp again
        var result = Run(ProbeGuest.With([0xEB, 0xFE], [1]), TimeSpan.FromMilliseconds(50));
        Assert.Equal("the guest did not come to its end within 0.05 s", result.Reason);
        Assert.Equal(ProbeOutcome.Timeout, result.Outcome);
    }

    [SkippableFact]
    public void A_guest_that_leaves_again_and_again_is_ended_too()
    {
        // mov dx, Port; mov eax, 5-bit rotation of 1; again: out dx, eax; jmp again
        var result = Run(ProbeGuest.With([0x66, 0xBA, 0x41, 0x4E, 0xB8, 0x20, 0, 0, 0, 0xEF, 0xEB, 0xFD], [1]), Long);
        Assert.Equal("the guest left 16 times without coming to its end", result.Reason);
        Assert.Equal(ProbeOutcome.Failed, result.Outcome);
    }

    [SkippableFact]
    public void A_guest_that_faults_three_times_stops_with_the_reason()
    {
        // ud2, without a table of interrupts
        var result = Run(ProbeGuest.With([0x0F, 0x0B], [1]), Long);
        Assert.StartsWith("the guest stopped with KVM_EXIT_SHUTDOWN (a triple fault)", result.Reason, StringComparison.Ordinal);
        Assert.Equal(ProbeOutcome.Failed, result.Outcome);
    }

    [SkippableFact]
    public void A_guest_that_writes_something_else_to_its_port_has_failed()
    {
        // mov dx, Port; xor eax, eax; out dx, eax; hlt
        var result = Run(ProbeGuest.With([0x66, 0xBA, 0x41, 0x4E, 0x31, 0xC0, 0xEF, 0xF4], [1]), Long);
        Assert.Equal("the guest wrote 0x00000000 to its port, 0x00000020 is right", result.Reason);
        Assert.Equal(ProbeOutcome.Failed, result.Outcome);
    }

    [SkippableFact]
    public void A_guest_whose_memory_is_wrong_has_failed()
    {
        // The right number at the port and in the register, none in memory.
        var result = Run(ProbeGuest.With([0x66, 0xBA, 0x41, 0x4E, 0xB8, 0x20, 0, 0, 0, 0xEF, 0xF4], [1]), Long);
        Assert.Equal("the guest left 0xFFFFFFDF in memory, 0x00000020 is right", result.Reason);
        Assert.Equal(ProbeOutcome.Failed, result.Outcome);
    }

    [SkippableFact]
    public void A_guest_that_only_halts_has_failed()
    {
        var result = Run(ProbeGuest.With([0xF4], [1]), Long);
        Assert.Equal("the guest halted before it wrote to its port", result.Reason);
    }

    [SkippableFact]
    public void A_guest_that_touches_memory_it_has_not_stops_with_the_reason()
    {
        // mov [0x00900000], eax
        var result = Run(ProbeGuest.With([0xA3, 0x00, 0x00, 0x90, 0x00, 0xF4], [1]), Long);
        Assert.StartsWith("the guest stopped with KVM_EXIT_MMIO", result.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Nothing_is_left_of_a_hundred_guests_that_were_ended()
    {
        for (var i = 0; i < 100; i++) Assert.Equal(ProbeOutcome.Timeout, Run(ProbeGuest.With([0xEB, 0xFE], [1]), TimeSpan.FromMilliseconds(1)).Outcome);
        Assert.Empty(RealKvm.Descriptors());
        // A call is over before its thread is: the last one may still be on its way out.
        Assert.True(Wait.Until(static () => RealKvm.Threads(ThreadName).Count == 0), "a thread of a guest that was ended is still there");
    }

    // The thread's signal mask is changed for good: on a thread of its own, as the product does it.
    private static GuestResult Run(ProbeGuest guest, TimeSpan limit)
    {
        using var kvm = RealKvm.Open();
        var calls = new BoundedCall(ThreadName);
        Assert.True(calls.TryRun(
            () =>
            {
                using var vm = kvm.CreateVm();
                return GuestRun.Run(vm, guest, limit);
            },
            Long + Long,
            out var result));
        Assert.False(calls.IsStuck);
        return result;
    }
}
