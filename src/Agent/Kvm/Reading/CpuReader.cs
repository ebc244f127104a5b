using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>The processor, from /proc/cpuinfo and /sys/devices/system/cpu.</summary>
internal static class CpuReader
{
    /// <summary>One processor takes 3 KB or less there, and there may be hundreds.</summary>
    private const int OneProcessor = 16 * 1024;

    /// <summary>Intel's flags of VMX have a line of their own; a prefix tells them apart from the processor's.</summary>
    private const string VmxPrefix = "vmx:";

    // What guests gain or lose by: nested paging, its tags, interrupts without exits, large pages, encryption, time.
    private static readonly string[] s_features =
    [
        "vmx", "svm", "vmx:ept", "vmx:ept_ad", "vmx:vpid", "vmx:unrestricted_guest", "vmx:tsc_scaling", "vmx:apicv", "vmx:posted_intr", "vmx:pml", "vmx:vnmi",
        "vmx:ept_violation_ve", "vmx:flexpriority", "vmx:mode_based_exec", "vmx:preemption_timer", "vmx:shadow_vmcs",
        "npt", "avic", "x2avic", "decodeassists", "flushbyasid", "nrip_save", "pausefilter", "pfthreshold", "tsc_scale", "v_vmsave_vmload", "vgif", "vmcb_clean", "vnmi",
        "ept", "vpid", "flexpriority", "sev", "sev_es", "sev_snp", "tdx_host_platform", "sme",
        "aes", "avx", "avx2", "avx512f", "constant_tsc", "nonstop_tsc", "tsc_known_freq", "tsc_deadline_timer", "invtsc", "pcid", "invpcid", "pdpe1gb", "x2apic", "smep", "smap", "umip", "pku",
        "hypervisor",
    ];

    /// <summary>The rate of the time stamp counter is what KVM told; null: nothing.</summary>
    public static KvmCpu Read(HostPaths paths, string architecture, int? kvmTscKhz, UnreadFiles files)
    {
        var info = CpuInfo.Parse(files.Start(Path.Combine(paths.Proc, "cpuinfo"), OneProcessor));
        var flags = FlagsOf(info);
        var known = flags.Length > 0;
        var logical = files.Text(Path.Combine(paths.Sys, "devices/system/cpu/online")) is { } online ? CpuList.Count(online) ?? 0 : 0;
        var sockets = info.Number("siblings") is > 0 and var siblings && logical > 0 ? Math.Max(1, logical / siblings) : (int?)null;
        return new KvmCpu
        {
            Architecture = architecture,
            Vendor = info["vendor_id"],
            Model = info["model name"],
            Family = info.Number("cpu family"),
            ModelNumber = info.Number("model"),
            Stepping = info.Number("stepping"),
            Microcode = info["microcode"],
            LogicalCpus = logical,
            Sockets = sockets,
            Cores = sockets is not null && info.Number("cpu cores") is { } cores ? sockets * cores : null,
            Virtualization = !known ? CpuVirtualization.Unknown : Has(flags, "vmx") ? CpuVirtualization.Vmx : Has(flags, "svm") ? CpuVirtualization.Svm : CpuVirtualization.None,
            IsHypervisorGuest = Has(flags, "hypervisor"),
            PhysicalAddressBits = AddressBits(info["address sizes"]),
            Flags = flags,
            Features = s_features.Where(f => Has(flags, f)).ToArray(),
            Tsc = new KvmTsc(Has(flags, "constant_tsc"), Has(flags, "nonstop_tsc"), known ? Has(flags, "vmx:tsc_scaling") || Has(flags, "tsc_scale") : null, kvmTscKhz),
        };
    }

    private static string[] FlagsOf(CpuInfo info)
    {
        var flags = new SortedSet<string>(info.Words("flags"), StringComparer.Ordinal);
        foreach (var flag in info.Words("vmx flags")) flags.Add(VmxPrefix + flag);
        return [.. flags];
    }

    // "46 bits physical, 48 bits virtual"
    private static int? AddressBits(string? text) =>
        text is not null && text.IndexOf(' ') is > 0 and var end && int.TryParse(text.AsSpan(0, end), out var bits) ? bits : null;

    private static bool Has(string[] flags, string flag) => Array.BinarySearch(flags, flag, StringComparer.Ordinal) >= 0;
}
