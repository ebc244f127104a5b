using NodeAgent.Config;
using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Judging;

internal static class KernelChecks
{
    private const string WhenUsed = "the kernel loads it when it is first used";

    public static readonly IReadOnlyList<Check<KernelFacts>> All =
    [
        new(
            "kernel.version",
            static s => $"{s.KernelVersion} or newer",
            "the platform is validated with this kernel and newer ones; older ones lack fixes and features of KVM, bridges and bonds",
            Version),
        Part("kernel.8021q", "8021q", "management and data networks are VLANs on the bonds", WhenUsed),
        Part("kernel.bonding", "bonding", "without bonds a broken cable, port or switch takes a network away", WhenUsed),
        Part("kernel.bridge", "bridge", "VMs are attached to bridges", WhenUsed),
        new(
            "kernel.bridge-vlan-filtering",
            static _ => "bridges can filter VLANs",
            "trunk and access ports for VMs, and VLANs on a bridge kept apart, need it",
            VlanFiltering),
        Part("kernel.dm-multipath", "dm_multipath", "SAN volumes are reached over several paths", "multipathd's service loads it"),
        Part("kernel.vhost-net", "vhost_net", "KubeVirt places a VM with a virtio interface only where /dev/vhost-net is; without it QEMU itself would copy every packet", null),
        Part("kernel.tun", "tun", "a VM's network interface is a tap; KubeVirt places VMs only where /dev/net/tun is", WhenUsed),
    ];

    private static Check<KernelFacts> Part(string id, string module, string why, string? loadedBy) =>
        new(id, static _ => "built in or a module", why, (facts, _) => Part(facts, module, loadedBy));

    private static Finding Part(KernelFacts facts, string module, string? loadedBy)
    {
        var part = facts.Parts[module];
        switch (part.State)
        {
            case KernelPartState.Loaded:
                return Finding.Ok(part.Source == "/proc/modules" ? "loaded" : $"there ({part.Source})");
            case KernelPartState.BuiltIn:
                return Finding.Ok($"built in ({part.Source})");
            case KernelPartState.Loadable when facts.ModulesDisabled:
                return Finding.Fail("a module that is not loaded, and loading modules is switched off (kernel.modules_disabled)", $"load it early in the next boot: name {module} in /etc/modules-load.d/nodeagent.conf");
            case KernelPartState.Loadable when part.Source.StartsWith("/dev/", StringComparison.Ordinal):
                return Finding.Ok($"a module, not loaded; the kernel loads it when {part.Source} is first opened");
            case KernelPartState.Loadable when loadedBy is not null:
                return Finding.Ok($"a module, not loaded; {loadedBy}");
            case KernelPartState.Loadable:
                return Finding.Warn("a module, not loaded", $"`modprobe {module}`, and name it in /etc/modules-load.d/nodeagent.conf");
            case KernelPartState.NotInstalled:
                return Finding.Fail($"the kernel has it as a module ({part.Source}), which is not installed", $"install the rest of the kernel's modules; on Ubuntu linux-modules-extra-{facts.Release.Value}");
            case KernelPartState.Absent:
                return Finding.Fail($"this kernel does not have it ({part.Source})", $"use the distribution's own kernel; where {facts.Release.Value} is that, its modules may be in a package of their own");
            default:
                return Finding.Unknown(part.Source, $"`modprobe -n -v {module}` says whether it could be loaded");
        }
    }

    private static Finding VlanFiltering(KernelFacts facts, DoctorSettings settings)
    {
        if (facts.VlanFiltering.IsFound)
        {
            return facts.VlanFiltering.Value
                ? Finding.Ok($"they can ({facts.VlanFilteringSource})")
                : Finding.Fail($"this kernel's bridges cannot ({facts.VlanFilteringSource})", "use a kernel built with CONFIG_BRIDGE_VLAN_FILTERING=y, as distributions' own are");
        }

        if (facts.Parts["bridge"].State == KernelPartState.Absent) return Finding.Fail("this kernel has no bridges", "see kernel.bridge");
        return Finding.Unknown(facts.VlanFiltering.Error ?? "there is no bridge, and no configuration of this kernel that would tell", "`ip link add name try0 type bridge vlan_filtering 1` tells; `ip link del try0` removes it again");
    }

    private static Finding Version(KernelFacts facts, DoctorSettings settings)
    {
        if (facts.Release.Value is not { } release) return Finding.Unknown(facts.Release.Reason("/proc/sys/kernel/osrelease"));
        var digits = 0;
        while (digits < release.Length && (char.IsAsciiDigit(release[digits]) || release[digits] == '.')) digits++;
        if (!System.Version.TryParse(release[..digits].TrimEnd('.'), out var version)) return Finding.Unknown($"\"{release}\" does not begin with a version");
        return version < settings.KernelVersion
            ? Finding.Warn(release, $"boot a kernel of {settings.KernelVersion} or newer; on Ubuntu 22.04 linux-image-generic is one")
            : Finding.Ok(release);
    }
}
