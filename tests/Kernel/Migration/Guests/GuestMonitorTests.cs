using System.Diagnostics;
using System.Globalization;
using NodeAgent.Migration.Guests;
using NodeAgent.Migration.Model;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

/// <summary>Real processes of QEMU, followed by all the means there are and by fewer.</summary>
public sealed class GuestMonitorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-guests-").FullName;
    private readonly HeardGuests _heard = new();

    public static TheoryData<string> Means => ["All", "Descriptors", "Events", "None"];

    [SkippableTheory]
    [MemberData(nameof(Means))]
    public void A_guest_is_told_of_once_when_it_comes_and_once_when_it_ends(string means)
    {
        using var before = RealGuest.Start("was there before");
        using var monitor = Monitor(means);
        var first = WaitFor(monitor, before.Uuid);
        Assert.Equal(("was there before", before.Pid), (first.Domain, first.Process.Pid));
        Assert.Equal(16L << 20, first.MemoryBytes);
        Assert.InRange(first.Started, DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddSeconds(5));

        using var after = RealGuest.Start("came later");
        var second = WaitFor(monitor, after.Uuid);
        Assert.Equal(0, _heard.LeftOf(first.Process));
        after.Kill();
        WaitForEnd(monitor, second.Process);
        before.Kill();
        WaitForEnd(monitor, first.Process);
        Assert.Equal((1, 1), (_heard.LeftOf(first.Process), _heard.LeftOf(second.Process)));
        Assert.Single(_heard.CameWith(before.Uuid));
        Assert.Single(_heard.CameWith(after.Uuid));
    }

    [SkippableTheory]
    [InlineData("two words")]
    [InlineData("Grüße ✓ 你好")]
    [InlineData("a\nb\tc")]
    [InlineData("ns/../name")]
    [InlineData("a,b=c,,d")]
    public void A_name_may_hold_anything(string name)
    {
        using var guest = RealGuest.Start(name);
        using var monitor = Monitor("Descriptors");
        Assert.Equal(name, WaitFor(monitor, guest.Uuid).Domain);
    }

    [SkippableTheory]
    [InlineData("All")]
    [InlineData("None")]
    public void Two_hundred_guests_that_start_at_once_are_all_told_of_and_so_is_their_end(string means)
    {
        const int many = 200;
        var program = FakeGuest.Program(_folder);
        using var monitor = Monitor(means);
        var guests = new List<FakeGuest>();
        try
        {
            for (var i = 0; i < many; i++) guests.Add(FakeGuest.Start(program, $"guest {i}"));
            foreach (var guest in guests) Assert.Equal(guest.Pid, WaitFor(monitor, guest.Uuid).Process.Pid);
        }
        finally
        {
            foreach (var guest in guests) guest.Dispose();
        }

        foreach (var guest in guests) WaitForEnd(monitor, _heard.CameWith(guest.Uuid)[0].Process);
        Assert.All(guests, guest => Assert.Equal(1, _heard.LeftOf(Assert.Single(_heard.CameWith(guest.Uuid)).Process)));
    }

    [SkippableTheory]
    [InlineData("All")]
    [InlineData("None")]
    public void A_pid_that_is_used_again_is_another_guest(string means)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "choosing the next pid needs root");
        var program = FakeGuest.Program(_folder);
        using var monitor = Monitor(means);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var first = FakeGuest.Start(program, "first");
            var former = WaitFor(monitor, first.Uuid);
            first.Kill();
            try
            {
                File.WriteAllText("/proc/sys/kernel/ns_last_pid", (first.Pid - 1).ToString(CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SkipException($"the next pid cannot be chosen here: {e.Message}");
            }

            using var second = FakeGuest.Start(program, "second");
            var latter = WaitFor(monitor, second.Uuid);
            WaitForEnd(monitor, former.Process);
            Assert.Equal(1, _heard.LeftOf(former.Process));
            Assert.Equal(0, _heard.LeftOf(latter.Process));
            Assert.NotEqual(former.Process, latter.Process);
            if (first.Pid == second.Pid) return;
        }

        throw new SkipException("others on this machine took the pid every time");
    }

    [SkippableFact]
    public void A_guest_that_goes_on_in_the_background_is_followed_as_what_it_goes_on_as()
    {
        var pidFile = Path.Combine(_folder, "pid");
        using var monitor = Monitor("All");
        using var launcher = RealGuest.Start("daemon", "-daemonize", "-pidfile", pidFile);
        Assert.True(Wait.Until(() => File.Exists(pidFile) && File.ReadAllText(pidFile).EndsWith('\n')), "QEMU did not go into the background");
        var pid = int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);
        using var daemon = Process.GetProcessById(pid);
        try
        {
            Assert.True(Wait.Until(() => _heard.CameFrom(pid).Length > 0), "what went on in the background was not told of");
            Assert.Equal(launcher.Uuid, Assert.Single(_heard.CameFrom(pid)).Uuid);
        }
        finally
        {
            daemon.Kill();
        }

        WaitForEnd(monitor, _heard.CameFrom(pid)[0].Process);
        foreach (var guest in _heard.CameWith(launcher.Uuid)) WaitForEnd(monitor, guest.Process);
        Assert.All(_heard.CameWith(launcher.Uuid), guest => Assert.Equal(1, _heard.LeftOf(guest.Process)));
    }

    [SkippableFact]
    public void A_script_called_like_QEMU_is_none_and_what_it_becomes_is_one()
    {
        var program = FakeGuest.Program(_folder);
        var script = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, "qemu-kvm");
        Command.Feed($"#!/bin/sh\nread wait\nexec {program} \"$@\"\n", "install", "-m", "500", "/proc/self/fd/0", script);
        var uuid = Guid.NewGuid().ToString();
        using var shell = Process.Start(new ProcessStartInfo(script, FakeGuest.Arguments(uuid, "wrapped")) { RedirectStandardInput = true })!;
        using var monitor = Monitor("All");
        using var marker = FakeGuest.Start(program);
        WaitFor(monitor, marker.Uuid);
        Assert.Empty(_heard.CameFrom(shell.Id));
        shell.StandardInput.Write('\n');
        shell.StandardInput.Flush();
        Assert.Equal(shell.Id, WaitFor(monitor, uuid).Process.Pid);
        shell.Kill();
        shell.WaitForExit();
    }

    [SkippableFact]
    public void A_guest_whose_parent_does_not_notice_its_end_has_ended_all_the_same()
    {
        var program = FakeGuest.Program(_folder);
        var uuid = Guid.NewGuid().ToString();
        using var parent = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", "\"$0\" \"$@\" <&0 & echo $!; exec sleep 1000", program, .. FakeGuest.Arguments(uuid, "orphan")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            using var guest = Process.GetProcessById(int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
            using var monitor = Monitor("Descriptors");
            var told = WaitFor(monitor, uuid);
            // As long as it is a shell it notices.
            Assert.True(Wait.Until(() => File.ReadAllText($"/proc/{parent.Id}/comm") == "sleep\n"));
            guest.Kill();
            WaitForEnd(monitor, told.Process);
            Assert.Contains("State:\tZ", File.ReadAllText($"/proc/{told.Process.Pid}/status"), StringComparison.Ordinal);

            var afterwards = new HeardGuests();
            using var later = new ClockedMonitor(afterwards, GuestMeans.Descriptors);
            Assert.True(Wait.Until(() => afterwards.HasLooked));
            Assert.Empty(afterwards.CameWith(uuid));
        }
        finally
        {
            parent.Kill();
        }
    }

    [SkippableFact]
    public void A_guest_of_another_user_is_read_whole()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "starting programs as another user needs root");
        Skip.IfNot(Command.Has("setpriv"), "setpriv (util-linux) is not installed");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        var program = FakeGuest.Program(_folder);
        var uuid = Guid.NewGuid().ToString();
        using var guest = Process.Start(new ProcessStartInfo("setpriv", ["--reuid", "107", "--regid", "107", "--clear-groups", program, .. FakeGuest.Arguments(uuid, "theirs"), "-qmp", "unix:relative.sock,server=on"])
        {
            RedirectStandardInput = true,
            WorkingDirectory = _folder,
        })!;
        try
        {
            using var monitor = Monitor("Descriptors");
            Assert.Equal([Path.Combine(_folder, "relative.sock")], WaitFor(monitor, uuid).QmpSockets);
        }
        finally
        {
            guest.Kill();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Guest WaitFor(ClockedMonitor monitor, string uuid)
    {
        Assert.True(Wait.Until(() => monitor.Looked(_heard.CameWith(uuid).Length > 0)), $"guest {uuid} was not told of");
        return Assert.Single(_heard.CameWith(uuid));
    }

    private void WaitForEnd(ClockedMonitor monitor, GuestProcess process) =>
        Assert.True(Wait.Until(() => monitor.Looked(_heard.LeftOf(process) > 0)), $"the end of process {process.Pid} was not told of");

    private ClockedMonitor Monitor(string means)
    {
        var monitor = new ClockedMonitor(_heard, Enum.Parse<GuestMeans>(means));
        if (means is not "Events" || monitor.HasEvents) return monitor;
        monitor.Dispose();
        throw new SkipException("the kernel's events of processes do not reach this process: " + string.Join("; ", monitor.Said));
    }
}
