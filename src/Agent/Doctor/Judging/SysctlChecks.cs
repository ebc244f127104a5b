using NodeAgent.Config;
using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Judging;

internal static class SysctlChecks
{
    public static readonly IReadOnlyList<Check<SysctlFacts>> All =
    [
        Bridge("sysctl.bridge-nf-call-iptables", "iptables", "IPv4", static f => f.BridgeIptables),
        Bridge("sysctl.bridge-nf-call-ip6tables", "ip6tables", "IPv6", static f => f.BridgeIp6tables),
        new(
            "sysctl.rp_filter",
            static _ => "0 or 2 (loose) for all and default",
            "with management and data on networks of their own, strict filtering silently drops what comes in on another link than its answer would leave by",
            RpFilter),
        AtLeast("sysctl.inotify.max_user_watches", "fs.inotify.max_user_watches", static s => s.InotifyWatches, static f => f.InotifyWatches, "kubelet and every pod's programs watch files out of one number; when it is used up they fail with \"no space left on device\""),
        AtLeast("sysctl.inotify.max_user_instances", "fs.inotify.max_user_instances", static s => s.InotifyInstances, static f => f.InotifyInstances, "kubelet and every pod's programs take theirs out of one number; when it is used up they fail with \"too many open files\""),
        new(
            "sysctl.nf_conntrack",
            static s => $"at most {s.ConntrackUsed} % of the table in use",
            "a full table drops new connections of pods, of services and of masqueraded VMs",
            Conntrack),
    ];

    private static Check<SysctlFacts> Bridge(string id, string table, string family, Func<SysctlFacts, Known<long>> value) =>
        new(
            id,
            static _ => "0, or br_netfilter not loaded",
            $"at 1 every bridged {family} frame of a VM goes through the host's {table} rules, which may drop it, and slows down",
            (facts, _) => value(facts) switch
            {
                { IsFound: true, Value: 0 } => Finding.Ok("0"),
                { IsFound: true } => Finding.Warn("1", $"`sysctl -w net.bridge.bridge-nf-call-{table}=0`, and the same in /etc/sysctl.d; not where the pod network itself is a bridge that needs it (kubeadm's preflight asks for 1, Cilium does not need it)"),
                { Error: { } error } => Finding.Unknown(error),
                _ => Finding.Ok("br_netfilter is not loaded: bridged frames do not pass iptables"),
            });

    private static Check<SysctlFacts> AtLeast(string id, string name, Func<DoctorSettings, int> least, Func<SysctlFacts, Known<long>> value, string why) =>
        new(
            id,
            s => $"{least(s)} or more",
            why,
            (facts, settings) => value(facts) switch
            {
                { IsFound: true, Value: var found } when found >= least(settings) => Finding.Ok($"{found}"),
                { IsFound: true, Value: var found } => Finding.Warn($"{found}", $"`sysctl -w {name}={least(settings)}`, and the same in /etc/sysctl.d"),
                { Error: { } error } => Finding.Unknown(error),
                _ => Finding.Unknown($"{name}: this kernel has no such setting"),
            });

    // The kernel takes the larger of all's and the link's own value.
    private static Finding RpFilter(SysctlFacts facts, DoctorSettings settings)
    {
        var (all, standard) = (facts.RpFilterAll, facts.RpFilterDefault);
        if (!all.IsFound || !standard.IsFound) return Finding.Unknown(all.Error ?? standard.Error ?? "/proc/sys/net/ipv4/conf: there is no such folder");
        var found = $"all {all.Value}, default {standard.Value}";
        if (all.Value != 1 && (all.Value == 2 || standard.Value != 1)) return Finding.Ok(found);
        return Finding.Warn(found, "`sysctl -w net.ipv4.conf.all.rp_filter=2` makes it loose on every link, and the same in /etc/sysctl.d");
    }

    private static Finding Conntrack(SysctlFacts facts, DoctorSettings settings)
    {
        var (max, count) = (facts.ConntrackMax, facts.ConntrackCount);
        if (max.IsAbsent || count.IsAbsent) return Finding.Absent("nf_conntrack is not loaded: no connections are tracked");
        if (!max.IsFound || !count.IsFound) return Finding.Unknown(max.Error ?? count.Error ?? "");
        if (max.Value == 0) return Finding.Ok($"{count.Value} connections, no limit");
        var percent = count.Value >= max.Value ? 100 : (int)((double)count.Value / max.Value * 100);
        var found = $"{count.Value} of {max.Value} ({percent} %)";
        if (percent <= settings.ConntrackUsed) return Finding.Ok(found);
        var fix = $"`sysctl -w net.netfilter.nf_conntrack_max={(max.Value > long.MaxValue / 2 ? max.Value : max.Value * 2)}`, and find who opens so many: `conntrack -L`";
        return percent >= 100 ? Finding.Fail(found, fix) : Finding.Warn(found, fix);
    }
}
