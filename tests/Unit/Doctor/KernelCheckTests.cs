using NodeAgent.Doctor;
using NodeAgent.Doctor.Facts;
using NodeAgent.Doctor.Judging;
using Xunit;

namespace NodeAgent.Tests.Unit.Doctor;

public sealed class KernelCheckTests
{
    private static readonly string[] s_modules = ["8021q", "bonding", "bridge", "dm_multipath", "vhost_net", "tun"];

    [Theory]
    [InlineData("5.15.0-91-generic", "ok")]
    [InlineData("6.1.0-40-amd64", "ok")]
    [InlineData("6.18.44", "ok")]
    [InlineData("5.14.0-362.el9.x86_64", "warn")]
    [InlineData("4.18.0", "warn")]
    [InlineData("5.15", "ok")]
    [InlineData("5.15.rc1", "ok")]
    [InlineData("next-2026", "unknown")]
    public void Version(string release, string status) =>
        Assert.StartsWith(status + ": ", Judged.Text(KernelChecks.All, "kernel.version", Facts(KernelPartState.Loaded, release: release)), StringComparison.Ordinal);

    [Fact]
    public void Every_part_in_every_state()
    {
        foreach (var id in new[] { "kernel.8021q", "kernel.bonding", "kernel.bridge", "kernel.dm-multipath", "kernel.vhost-net", "kernel.tun" })
        {
            Assert.Equal("ok: loaded", Text(KernelPartState.Loaded, "/proc/modules"));
            Assert.Equal("ok: there (/sys/class/misc/tun)", Text(KernelPartState.Loaded, "/sys/class/misc/tun"));
            Assert.Equal("ok: built in (CONFIG_X=y)", Text(KernelPartState.BuiltIn, "CONFIG_X=y"));
            Assert.Equal("fail: the kernel has it as a module (CONFIG_X=m), which is not installed", Text(KernelPartState.NotInstalled, "CONFIG_X=m"));
            Assert.Equal("fail: this kernel does not have it (CONFIG_X is not set)", Text(KernelPartState.Absent, "CONFIG_X is not set"));
            Assert.Equal("unknown: EIO", Text(KernelPartState.Unknown, "EIO"));
            Assert.StartsWith(id == "kernel.vhost-net" ? "warn: a module, not loaded" : "ok: a module, not loaded; ", Text(KernelPartState.Loadable, "modules.dep"), StringComparison.Ordinal);
            Assert.Equal("ok: a module, not loaded; the kernel loads it when /dev/vhost-net is first opened", Text(KernelPartState.Loadable, "/dev/vhost-net"));
            Assert.StartsWith("fail: a module that is not loaded, and loading modules is switched off", Judged.Text(KernelChecks.All, id, Facts(KernelPartState.Loadable, disabled: true)), StringComparison.Ordinal);

            string Text(KernelPartState state, string source) => Judged.Text(KernelChecks.All, id, Facts(state, source));
        }
    }

    [Fact]
    public void Filtering_of_vlans()
    {
        const string id = "kernel.bridge-vlan-filtering";
        var facts = Facts(KernelPartState.Loaded);
        Assert.Equal("ok: they can (CONFIG_X=y)", Judged.Text(KernelChecks.All, id, facts with { VlanFiltering = Known<bool>.Of(true), VlanFilteringSource = "CONFIG_X=y" }));
        Assert.Equal("fail: this kernel's bridges cannot (CONFIG_X is not set)", Judged.Text(KernelChecks.All, id, facts with { VlanFiltering = Known<bool>.Of(false), VlanFilteringSource = "CONFIG_X is not set" }));
        Assert.Equal("fail: this kernel has no bridges", Judged.Text(KernelChecks.All, id, Facts(KernelPartState.Absent)));
        Assert.StartsWith("unknown: there is no bridge", Judged.Text(KernelChecks.All, id, facts), StringComparison.Ordinal);
        Assert.Equal("unknown: config: EIO", Judged.Text(KernelChecks.All, id, facts with { VlanFiltering = Known<bool>.Failed("config: EIO") }));
    }

    private static KernelFacts Facts(KernelPartState state, string source = "/proc/modules", string release = "5.15.0", bool disabled = false) =>
        new(Known<string>.Of(release), s_modules.ToDictionary(static m => m, _ => new KernelPart(state, source)), default, "", disabled);
}
