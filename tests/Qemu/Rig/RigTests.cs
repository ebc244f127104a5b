using System.Diagnostics;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>The rig itself does what it says.</summary>
public class RigTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_guest_migrates_and_runs_on(bool tcp)
    {
        using var source = QemuGuest.Running(new GuestOptions { Name = "a b,c=ü", Fill = 16, Hot = 16, HotRate = 2 });
        Assert.True(Wait.Until(() => source.Truth.Any(static t => t.HotMiB is > 1.5 and < 2.5), 60), "it does not write what it was told to");
        using var destination = source.Destination();
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 64, Tcp = tcp });
        migration.Start();
        Assert.Equal("completed", migration.WaitForEnd());
        Assert.True(Wait.Until(() => destination.Truth.Count > 0, 60));
        Assert.Contains(source.Monitor.Events, static e => e.Name == "MIGRATION_PASS");
    }

    [SkippableFact]
    public void A_guest_under_KVM_migrates()
    {
        using var source = QemuGuest.Running(new GuestOptions { Kvm = true, HotRate = 10, Hot = 32, MemoryMiB = 128 });
        using var destination = source.Destination();
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 64 });
        migration.Start();
        Assert.Equal("completed", migration.WaitForEnd());
    }

    [SkippableFact]
    public void Nothing_is_left_of_a_guest()
    {
        var guest = new QemuGuest(new GuestOptions());
        var (pid, folder) = (guest.Pid, guest.Folder);
        _ = guest.Monitor;
        guest.Dispose();
        Assert.False(Directory.Exists(folder));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }
}
