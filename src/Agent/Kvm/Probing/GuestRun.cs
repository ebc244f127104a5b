using System.Globalization;
using System.Runtime.InteropServices;
using NodeAgent.Kvm.Model;
using NodeAgent.Native.Kvm;
using NodeAgent.Native.Linux;

namespace NodeAgent.Kvm.Probing;

/// <summary>Runs a <see cref="ProbeGuest"/> in a machine of its own, on a thread that ends with it (its signal mask is changed).</summary>
internal static class GuestRun
{
    // A guest that works leaves three times: its port, its halt, and perhaps once for the host.
    private const int MaxExits = 16;

    private const ulong ProtectedMode = 1;

    /// <summary>Never longer than the limit, but for requests that hang in the kernel itself.</summary>
    public static GuestResult Run(KvmVm vm, ProbeGuest guest, TimeSpan limit)
    {
        int? tscKhz = null;
        try
        {
            using var page = MappedMemory.Anonymous(ProbeGuest.PageBytes);
            if (page is null) return new GuestResult(ProbeOutcome.Failed, $"no page of memory for a guest: {Errno.Name(Marshal.GetLastPInvokeError())}", null);
            guest.CopyTo(page.Span);
            vm.SetMemory(0, ProbeGuest.Address, page);
            using var vcpu = vm.CreateVcpu();
            tscKhz = vcpu.GetTscKhz();
            Prepare(vcpu);
            using var timer = new ThreadTimer(limit);
            vcpu.SetSignalMask(timer.BlockedBefore & ~(1UL << (Signal.Kick - 1)));
            return Follow(vcpu, page, guest, timer, limit) with { TscKhz = tscKhz };
        }
        catch (Exception e) when (e is KvmException or InvalidOperationException)
        {
            return new GuestResult(ProbeOutcome.Failed, e.Message, tscKhz);
        }
    }

    private static GuestResult Follow(KvmVcpu vcpu, MappedMemory page, ProbeGuest guest, ThreadTimer timer, TimeSpan limit)
    {
        var wrote = false;
        for (var exits = 0; exits < MaxExits;)
        {
            if (!vcpu.Run())
            {
                if (timer.HasExpired) return new GuestResult(ProbeOutcome.Timeout, $"the guest did not come to its end within {Seconds(limit)}", null);
                continue;
            }

            exits++;
            switch (vcpu.ExitReason)
            {
                case KvmExit.Io when vcpu.Io is { IsOut: true, Size: 4, Port: ProbeGuest.Port } io:
                    if (io.Data != guest.Expected) return Wrong("wrote", io.Data, guest.Expected, "to its port");
                    wrote = true;
                    break;
                case KvmExit.Hlt:
                    return Ended(vcpu, page, guest, wrote);
                case KvmExit.Intr:
                    break;
                default:
                    return Stopped(vcpu);
            }
        }

        return Failed($"the guest left {MaxExits} times without coming to its end");
    }

    private static GuestResult Ended(KvmVcpu vcpu, MappedMemory page, ProbeGuest guest, bool wrote)
    {
        if (!wrote) return Failed("the guest halted before it wrote to its port");
        if (ProbeGuest.ResultIn(page.Span) is var inMemory && inMemory != guest.Expected) return Wrong("left", inMemory, guest.Expected, "in memory");
        if ((uint)vcpu.GetRegs().rax is var inRegister && inRegister != guest.Expected) return Wrong("left", inRegister, guest.Expected, "in its register");
        return new GuestResult(ProbeOutcome.Passed, "a guest ran and left the right result in memory, at a port and in a register", null);
    }

    private static GuestResult Stopped(KvmVcpu vcpu)
    {
        var reason = vcpu.ExitReason;
        var detail = reason is KvmExit.InternalError or KvmExit.FailEntry ? $", 0x{vcpu.Detail:X}" : "";
        return Failed($"the guest stopped with {KvmExit.Name(reason)}{detail} at 0x{vcpu.GetRegs().rip:X}");
    }

    private static GuestResult Wrong(string did, uint found, uint expected, string where) =>
        Failed($"the guest {did} 0x{found:X8} {where}, 0x{expected:X8} is right");

    private static GuestResult Failed(string reason) => new(ProbeOutcome.Failed, reason, null);

    // Flat 32-bit segments; the hidden parts are set, so no descriptor table is needed. Without an IDT every exception is a triple fault.
    private static void Prepare(KvmVcpu vcpu)
    {
        var sregs = vcpu.GetSregs();
        var data = new kvm_segment { limit = uint.MaxValue, selector = 0x10, type = 3, present = 1, db = 1, s = 1, g = 1 };
        sregs.cs = data with { selector = 8, type = 11 };
        sregs.ds = sregs.es = sregs.fs = sregs.gs = sregs.ss = data;
        sregs.idt = default;
        sregs.cr0 |= ProtectedMode;
        vcpu.SetSregs(sregs);
        vcpu.SetRegs(new kvm_regs { rip = ProbeGuest.Address, rflags = 2 });
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
