using System.Text;
using NodeAgent.Migration.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration;

public sealed class PhaseTests
{
    [Fact]
    public void The_words_for_verdicts() => Assert.Equal(
        ["too-early", "converging", "slow", "stagnating", "will-not-converge", "switching-over", "done", "failed", "cancelled"],
        Enum.GetValues<MigrationVerdict>().Select(static v => v.Name()));

    [Theory]
    [InlineData("setup", MigrationPhase.Setup)]
    [InlineData("active", MigrationPhase.Active)]
    [InlineData("pre-switchover", MigrationPhase.PreSwitchover)]
    [InlineData("device", MigrationPhase.Device)]
    [InlineData("postcopy-active", MigrationPhase.PostcopyActive)]
    [InlineData("postcopy-paused", MigrationPhase.PostcopyPaused)]
    [InlineData("postcopy-recover-setup", MigrationPhase.PostcopyRecover)]
    [InlineData("postcopy-recover", MigrationPhase.PostcopyRecover)]
    [InlineData("completed", MigrationPhase.Completed)]
    [InlineData("failed", MigrationPhase.Failed)]
    [InlineData("cancelling", MigrationPhase.Cancelling)]
    [InlineData("cancelled", MigrationPhase.Cancelled)]
    [InlineData("none", MigrationPhase.None)]
    [InlineData("of-tomorrow", null)]
    public void Qemu(string status, MigrationPhase? phase) => Assert.Equal(phase, MigrationPhases.OfQemu(Encoding.UTF8.GetBytes(status)));

    [Theory]
    [InlineData(0, MigrationPhase.None)]
    [InlineData(1, MigrationPhase.Active)]
    [InlineData(2, MigrationPhase.Active)]
    [InlineData(3, MigrationPhase.Completed)]
    [InlineData(4, MigrationPhase.Failed)]
    [InlineData(5, MigrationPhase.Cancelled)]
    [InlineData(6, null)]
    public void Libvirt(long type, MigrationPhase? phase) => Assert.Equal(phase, MigrationPhases.OfLibvirt(type));
}
