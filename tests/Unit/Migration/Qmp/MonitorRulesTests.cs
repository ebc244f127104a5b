using NodeAgent.Migration.Qmp;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Qmp;

/// <summary>Which monitors are left alone without being touched.</summary>
public sealed class MonitorRulesTests
{
    private const string Head = "Num       RefCount Protocol Flags    Type St Inode Path";

    [Theory]
    [InlineData("/var/lib/libvirt/qemu/domain-1-vm/monitor.sock")]
    [InlineData("/root/.config/libvirt/qemu/lib/domain-1-vm/agent.sock")]
    [InlineData("/run/vm/monitor.sock")]
    [InlineData("/run/domain-7-vm/qmp")]
    [InlineData("qmp.sock")]
    [InlineData("")]
    public void Not_ours(string path) => Assert.NotNull(MonitorPaths.WhyNot(path));

    [Fact]
    public void An_operators_own() => Assert.Null(MonitorPaths.WhyNot("/run/vms/a b/agent.sock"));

    [Theory]
    [InlineData("ffff8881: 00000002 00000000 00010000 0001 01 123456 /run/a.sock", false)] // listens
    [InlineData("ffff8881: 00000003 00000000 00000000 0001 03 123457 /run/a.sock", true)] // its end of a connection
    [InlineData("ffff8881: 00000002 00000000 00000000 0001 02     0 /run/a.sock", true)] // waits to be taken in
    [InlineData("ffff8881: 00000003 00000000 00000000 0001 03 123457 /other/run/a.sock", false)]
    [InlineData("ffff8881: 00000003 00000000 00000000 0001 03 123457", false)]
    public void Whether_somebody_is_there(string line, bool taken) => Assert.Equal(taken, UnixSockets.IsTaken([Head, line], "/run/a.sock"));

    [Fact]
    public void A_path_may_hold_blanks() => Assert.True(UnixSockets.IsTaken(["ffff8881: 00000003 00000000 00000000 0001 03 123457 /run/a b.sock"], "/run/a b.sock"));
}
