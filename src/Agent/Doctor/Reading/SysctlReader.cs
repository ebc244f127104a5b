using NodeAgent.Doctor.Facts;
using NodeAgent.Files;

namespace NodeAgent.Doctor.Reading;

/// <summary>/proc/sys (Documentation/networking/ip-sysctl.rst, nf_conntrack-sysctl.rst, admin-guide/sysctl/fs.rst)</summary>
internal static class SysctlReader
{
    public static SysctlFacts Read(HostPaths paths)
    {
        return new SysctlFacts
        {
            BridgeIptables = Number("net/bridge/bridge-nf-call-iptables"),
            BridgeIp6tables = Number("net/bridge/bridge-nf-call-ip6tables"),
            RpFilterAll = Number("net/ipv4/conf/all/rp_filter"),
            RpFilterDefault = Number("net/ipv4/conf/default/rp_filter"),
            InotifyWatches = Number("fs/inotify/max_user_watches"),
            InotifyInstances = Number("fs/inotify/max_user_instances"),
            ConntrackMax = Number("net/netfilter/nf_conntrack_max"),
            ConntrackCount = Number("net/netfilter/nf_conntrack_count"),
        };

        Known<long> Number(string name)
        {
            var reading = HostFile.ReadNumber(Path.Combine(paths.Proc, "sys", name), out var value);
            if (!reading.IsFound) return new Known<long>(0, false, reading.Error);
            return value >= 0 ? Known<long>.Of(value) : Known<long>.Failed($"{Path.Combine(paths.Proc, "sys", name)}: expected no negative number, found {value}");
        }
    }
}
