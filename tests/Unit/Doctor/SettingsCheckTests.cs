using NodeAgent.Doctor;
using NodeAgent.Doctor.Facts;
using NodeAgent.Doctor.Judging;
using Xunit;

namespace NodeAgent.Tests.Unit.Doctor;

/// <summary>sysctls, cgroup, the clock and guests.</summary>
public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData(0, "ok: 0")]
    [InlineData(1, "warn: 1")]
    [InlineData(null, "ok: br_netfilter is not loaded: bridged frames do not pass iptables")]
    public void Bridged_frames_in_iptables(int? value, string text)
    {
        Assert.Equal(text, Judged.Text(SysctlChecks.All, "sysctl.bridge-nf-call-iptables", new SysctlFacts { BridgeIptables = Of(value) }));
        Assert.Equal(text, Judged.Text(SysctlChecks.All, "sysctl.bridge-nf-call-ip6tables", new SysctlFacts { BridgeIp6tables = Of(value) }));
    }

    // The kernel takes the larger of all and the link's own.
    [Theory]
    [InlineData(0, 0, "ok: all 0, default 0")]
    [InlineData(0, 2, "ok: all 0, default 2")]
    [InlineData(2, 1, "ok: all 2, default 1")]
    [InlineData(2, 2, "ok: all 2, default 2")]
    [InlineData(0, 1, "warn: all 0, default 1")]
    [InlineData(1, 0, "warn: all 1, default 0")]
    [InlineData(1, 1, "warn: all 1, default 1")]
    [InlineData(null, 0, "unknown: /proc/sys/net/ipv4/conf: there is no such folder")]
    public void Reverse_path_filter(int? all, int? standard, string text) =>
        Assert.Equal(text, Judged.Text(SysctlChecks.All, "sysctl.rp_filter", new SysctlFacts { RpFilterAll = Of(all), RpFilterDefault = Of(standard) }));

    [Theory]
    [InlineData(524288, "ok: 524288")]
    [InlineData(8192, "warn: 8192")]
    [InlineData(null, "unknown: fs.inotify.max_user_watches: this kernel has no such setting")]
    public void Inotify(int? watches, string text) =>
        Assert.Equal(text, Judged.Text(SysctlChecks.All, "sysctl.inotify.max_user_watches", new SysctlFacts { InotifyWatches = Of(watches) }));

    [Theory]
    [InlineData(100, 1000, "ok: 100 of 1000 (10 %)")]
    [InlineData(800, 1000, "ok: 800 of 1000 (80 %)")]
    [InlineData(810, 1000, "warn: 810 of 1000 (81 %)")]
    [InlineData(1000, 1000, "fail: 1000 of 1000 (100 %)")]
    [InlineData(1001, 1000, "fail: 1001 of 1000 (100 %)")]
    [InlineData(5, 0, "ok: 5 connections, no limit")]
    [InlineData(null, null, "absent: nf_conntrack is not loaded: no connections are tracked")]
    public void Connection_table(int? count, int? max, string text) =>
        Assert.Equal(text, Judged.Text(SysctlChecks.All, "sysctl.nf_conntrack", new SysctlFacts { ConntrackCount = Of(count), ConntrackMax = Of(max) }));

    [Fact]
    public void A_setting_that_cannot_be_read_is_unknown_with_the_reason()
    {
        var failed = Known<long>.Failed("EIO");
        var facts = new SysctlFacts { BridgeIptables = failed, BridgeIp6tables = failed, RpFilterAll = failed, RpFilterDefault = failed, InotifyInstances = failed, InotifyWatches = failed, ConntrackCount = failed, ConntrackMax = failed };
        foreach (var check in SysctlChecks.All) Assert.Equal("unknown: EIO", Judged.Text(SysctlChecks.All, check.Id, facts));
    }

    [Theory]
    [InlineData(2, "ok: 2")]
    [InlineData(1, "warn: 1")]
    [InlineData(null, "unknown: no cgroup tree is mounted at /sys/fs/cgroup")]
    public void Cgroup(int? version, string text) =>
        Assert.Equal(text, Judged.Text(CgroupChecks.All, "cgroup.version", new CgroupFacts(version is { } v ? Known<int>.Of(v) : default)));

    [Theory]
    [InlineData(true, 20, "chronyd", "ok: synchronized, at most 20ms off; chronyd runs")]
    [InlineData(true, 1000, "", "ok: synchronized, at most 1s off; no chronyd, ntpd or systemd-timesyncd runs here")]
    [InlineData(true, 1500, "ntpd", "warn: synchronized, at most 1500ms off; ntpd runs")]
    [InlineData(false, 16000, "chronyd ntpd", "warn: not synchronized; chronyd and ntpd run")]
    [InlineData(false, 16000, "", "warn: not synchronized; no chronyd, ntpd or systemd-timesyncd runs here")]
    public void Clock(bool synchronized, int milliseconds, string daemons, string text) =>
        Assert.Equal(text, Judged.Text(ClockChecks.All, "time.sync", new ClockFacts(Known<ClockState>.Of(new ClockState(synchronized, TimeSpan.FromMilliseconds(milliseconds))), daemons.Split(' ', StringSplitOptions.RemoveEmptyEntries), default, "")));

    [Theory]
    [InlineData("tsc", "ok: tsc")]
    [InlineData("kvm-clock", "ok: kvm-clock")]
    [InlineData("hpet", "warn: hpet; available: tsc hpet acpi_pm")]
    [InlineData(null, "unknown: /sys/devices/system/clocksource/clocksource0/current_clocksource: there is no such file")]
    public void Clock_source(string? source, string text) =>
        Assert.Equal(text, Judged.Text(ClockChecks.All, "time.clocksource", new ClockFacts(default, [], source is null ? default : Known<string>.Of(source), "tsc hpet acpi_pm")));

    [Fact]
    public void Guests()
    {
        Assert.Equal("absent: no guest runs here", Text(0));
        Assert.Equal("ok: 2 guests, run without libvirt", Text(2));
        Assert.Equal("ok: 2 of 2 take connections", Text(2, new LibvirtServer(7, null, false), new LibvirtServer(8, null, false)));
        Assert.Equal("warn: 1 of 2 take connections; process 8: refused", Text(2, new LibvirtServer(7, null, false), new LibvirtServer(8, "refused", false)));
        Assert.Equal("unknown: 1 libvirt daemon: only root may see whether they take connections", Text(1, new LibvirtServer(8, "EACCES", true)));

        static string Text(int guests, params LibvirtServer[] servers) => Judged.Text(GuestChecks.All, "service.libvirt", new GuestFacts(guests, servers));
    }

    private static Known<long> Of(int? value) => value is { } number ? Known<long>.Of(number) : default;
}
