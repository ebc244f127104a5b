namespace NodeAgent.Doctor.Facts;

/// <summary>Of /proc/sys. Absent: the part of the kernel that has the setting is not there, or not loaded.</summary>
internal sealed record SysctlFacts
{
    /// <summary>net.bridge.bridge-nf-call-iptables</summary>
    public Known<long> BridgeIptables { get; init; }

    /// <summary>net.bridge.bridge-nf-call-ip6tables</summary>
    public Known<long> BridgeIp6tables { get; init; }

    /// <summary>net.ipv4.conf.all.rp_filter</summary>
    public Known<long> RpFilterAll { get; init; }

    /// <summary>net.ipv4.conf.default.rp_filter</summary>
    public Known<long> RpFilterDefault { get; init; }

    /// <summary>fs.inotify.max_user_watches</summary>
    public Known<long> InotifyWatches { get; init; }

    /// <summary>fs.inotify.max_user_instances</summary>
    public Known<long> InotifyInstances { get; init; }

    /// <summary>net.netfilter.nf_conntrack_max</summary>
    public Known<long> ConntrackMax { get; init; }

    /// <summary>net.netfilter.nf_conntrack_count</summary>
    public Known<long> ConntrackCount { get; init; }
}
