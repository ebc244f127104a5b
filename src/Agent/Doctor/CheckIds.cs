namespace NodeAgent.Doctor;

/// <summary>The ids of all checks, in the order of the report: what doctor.skip and --only may name. They are a contract.</summary>
internal static class CheckIds
{
    public static readonly IReadOnlyList<string> All =
    [
        "cpu.cores", "cpu.virtualization", "kvm.usable", "host.bare-metal", "memory.hugepages", "memory.total", "memory.swap",
        "nics.count", "nics.speed", "network.bonds", "network.macs",
        "fc.count", "fc.speed", "service.multipathd", "storage.maps", "multipath.conf",
        "boot.disk",
        "kernel.version", "kernel.8021q", "kernel.bonding", "kernel.bridge", "kernel.bridge-vlan-filtering", "kernel.dm-multipath", "kernel.vhost-net", "kernel.tun",
        "cgroup.version",
        "sysctl.bridge-nf-call-iptables", "sysctl.bridge-nf-call-ip6tables", "sysctl.rp_filter", "sysctl.inotify.max_user_watches", "sysctl.inotify.max_user_instances", "sysctl.nf_conntrack",
        "service.libvirt",
        "time.sync", "time.clocksource",
        "state.space",
    ];
}
