using NodeAgent.Migration.Guests;
using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Guests;

public sealed class GuestReaderTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_guest_in_a_pod_is_joined_from_its_files()
    {
        using var folder = new GuestFolder();
        var reading = new GuestReader(folder.Paths, _clock).Read(GuestFolder.Process);
        var guest = reading.Guest;
        Assert.Null(reading.Error);
        Assert.Equal(("default", "testvm", "default_testvm"), (guest.Namespace, guest.Name, guest.Domain));
        Assert.Equal("3f1e9c52-0c4e-4b52-9f5f-6b1d5f0a7e21", guest.PodUid);
        Assert.Equal("0f5c1d2e3b4a596877869504132231403f2e1d0c9bfa8e7d6c5b4a3928170615", guest.ContainerId);
        Assert.Equal(["tap0"], guest.Links);
        // 10,000.5 s since boot, of which it missed the first 9,876.54.
        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromSeconds(123.96), guest.Started, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void The_other_end_of_its_migration_is_found()
    {
        using var folder = new GuestFolder();
        Assert.Equal("10.244.0.11", PeerFinder.Find(folder.Paths, GuestFolder.Process));
        Assert.Null(PeerFinder.Find(folder.Paths, GuestFolder.Process with { StartTicks = 1 }));
    }

    [Fact]
    public void A_guest_without_a_command_line_is_known_by_its_process()
    {
        using var folder = new GuestFolder();
        folder.Tree.Write("proc/4711/cmdline", "");
        var reading = new GuestReader(folder.Paths, _clock).Read(GuestFolder.Process);
        Assert.True(reading.IsEmpty);
        Assert.Equal(("", "", null), (reading.Guest.Domain, reading.Guest.Uuid, reading.Guest.Vcpus));
        Assert.NotNull(reading.Guest.PodUid);
    }

    [Fact]
    public void A_monitor_that_is_named_from_the_working_folder_on_is_found_from_the_root_on()
    {
        using var folder = new GuestFolder();
        File.Delete(folder.Tree["proc/4711/cwd"]);
        File.Delete(folder.Tree["proc/4711/root"]);
        File.CreateSymbolicLink(folder.Tree["proc/4711/root"], "/var/chroot");
        File.CreateSymbolicLink(folder.Tree["proc/4711/cwd"], "/var/chroot/srv/guests");
        folder.Tree.Write("proc/4711/cmdline", "qemu-kvm\0-qmp\0unix:a/m.sock,server=on,wait=off\0-qmp\0unix:/b.sock,server\0");
        Assert.Equal(["/srv/guests/a/m.sock", "/b.sock"], new GuestReader(folder.Paths, _clock).Read(GuestFolder.Process).Guest.QmpSockets);
    }

    [Fact]
    public void Processes_are_opened_when_they_are_new_and_all_of_them_every_so_often()
    {
        using var tree = HostTree.Empty();
        tree.Write("proc/1/comm", "init\n");
        tree.Write("proc/self/comm", "x\n");
        tree.Write("proc/meminfo", "x\n");
        var table = new ProcessTable(tree["proc"]);
        for (var look = 0; look < ProcessTable.AllEvery; look++)
        {
            List<int> expected = look < ProcessTable.NewFor ? [1] : [];
            if (look == 6)
            {
                tree.Write("proc/77/comm", "x\n");
                expected.Add(77);
            }
            else if (look is > 6 and < 6 + ProcessTable.NewFor)
            {
                expected.Add(77);
            }

            var worth = new List<int>();
            Assert.Null(table.Look(worth));
            Assert.Equal(expected, worth);
        }

        var all = new List<int>();
        Assert.Null(table.Look(all));
        Assert.Equal([1, 77], all.Order());
    }

    [Fact]
    public void A_missing_proc_is_said() => Assert.Contains("ENOENT", new ProcessTable("/no/such/proc").Look([]), StringComparison.Ordinal);
}
