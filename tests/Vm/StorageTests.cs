using System.Diagnostics;
using System.Text.Json.Nodes;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>`nodeagent run` and its commands over a volume with a real multipathd: what fails is seen, named and told.</summary>
public sealed class StorageTests
{
    // What an event brings is there long before the slow reading, which comes every 30 s.
    private const int EventSeconds = 10;

    [VmFact]
    public void A_path_that_fails_returns_goes_and_is_found_again_is_told_at_once_and_two_more_are_better()
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode();
        using var daemon = node.Daemon();
        using var watch = node.Watch();
        var disk = StorageRack.Disks[0];
        var map = node.AwaitVerdict("healthy", daemon);
        Assert.Equal(2, (int)map["usablePaths"]!);
        watch.Says(rack.Map, "healthy");

        StorageRack.SetState(disk, "offline");
        map = node.AwaitVerdict("no redundancy", daemon, EventSeconds);
        Assert.Equal(1, (int)map["usablePaths"]!);
        Assert.Equal(2, (int)map["bestUsablePaths"]!);
        Assert.Contains(disk, $"{map["sentence"]}", StringComparison.Ordinal);
        StorageNode.Await(() => Path(node.Map(), disk) is var path && $"{path["dmState"]} {path["checkerState"]} {path["deviceState"]}" == "failed faulty offline", daemon);
        watch.Says(rack.Map, "no redundancy");

        StorageRack.SetState(disk, "running");
        node.AwaitVerdict("healthy", daemon, EventSeconds);

        StorageRack.Delete(disk);
        map = node.AwaitVerdict("no redundancy", daemon, EventSeconds);
        Assert.Equal((1, 2), ((int)map["usablePaths"]!, (int)map["bestUsablePaths"]!));

        StorageRack.Rescan();
        StorageRack.AddHosts(2);
        StorageNode.Await(() => (int)node.Map()["usablePaths"]! == 4, daemon);
        map = node.AwaitVerdict("healthy", daemon, EventSeconds);
        Assert.Equal(4, (int)map["bestUsablePaths"]!);

        StorageRack.SetState(StorageRack.Disks[0], "offline");
        map = node.AwaitVerdict("degraded", daemon, EventSeconds);
        Assert.Equal((3, 4), ((int)map["usablePaths"]!, (int)map["bestUsablePaths"]!));
        watch.Says(rack.Map, "degraded");
    }

    [VmFact]
    public void What_device_mapper_failed_is_failed_although_its_disk_runs()
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode();
        using var daemon = node.Daemon();
        node.AwaitVerdict("healthy", daemon);
        var disk = StorageRack.Disks[1];
        // It would take the path back.
        rack.Multipathd!.Stop();

        rack.Message("fail_path", disk);

        var map = node.AwaitVerdict("no redundancy", daemon, EventSeconds);
        var path = Path(map, disk);
        Assert.Equal(("failed", "running"), ($"{path["dmState"]}", $"{path["deviceState"]}"));
        rack.Message("reinstate_path", disk);
        node.AwaitVerdict("healthy", daemon, EventSeconds);
    }

    [VmTheory]
    [InlineData("stopped")]
    [InlineData("killed")]
    public void Without_multipathd_device_mapper_is_asked_alone_and_nothing_waits(string how)
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode();
        using var daemon = node.Daemon();
        StorageNode.Await(() => node.Source() == "multipathd", daemon);
        if (how == "stopped") rack.Multipathd!.Stop();
        else rack.Multipathd!.Kill();

        rack.Message("fail_path", StorageRack.Disks[0]);

        node.AwaitVerdict("no redundancy", daemon, EventSeconds);
        StorageNode.Await(() => node.Source() == "deviceMapper", daemon);
        Answers(node, daemon);

        if (how == "stopped") rack.Multipathd!.Continue();
        else rack.StartMultipathd();
        node.AwaitVerdict("healthy", daemon);
        StorageNode.Await(() => node.Source() == "multipathd", daemon, 40);
    }

    [VmFact]
    public void A_volume_without_paths_that_holds_back_a_write_is_queueing_and_the_agent_goes_on()
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode();
        using var daemon = node.Daemon();
        node.AwaitVerdict("healthy", daemon);
        foreach (var disk in StorageRack.Disks) StorageRack.SetState(disk, "offline");
        using var write = Process.Start("dd", $"if=/dev/zero of=/dev/mapper/{rack.Map} bs=4k count=1 oflag=direct status=none");

        var map = node.AwaitVerdict("queueing", daemon, EventSeconds);

        Assert.NotNull(map["queueingSince"]);
        Assert.False(write.HasExited);
        Answers(node, daemon);
        Assert.Contains("queueing", node.Expect(0, "status").Output, StringComparison.Ordinal);
        foreach (var disk in StorageRack.Disks) StorageRack.SetState(disk, "running");
        node.AwaitVerdict("healthy", daemon);
        Assert.True(write.WaitForExit(TimeSpan.FromSeconds(20)), "the write still waits");
        Assert.Equal(0, write.ExitCode);
    }

    [VmFact]
    public void A_volume_without_paths_that_fails_its_writes_is_failed()
    {
        using var rack = StorageRack.Create(noPathRetry: "fail");
        using var node = new StorageNode();
        using var daemon = node.Daemon();
        node.AwaitVerdict("healthy", daemon);

        foreach (var disk in StorageRack.Disks) StorageRack.SetState(disk, "offline");

        node.AwaitVerdict("failed", daemon, EventSeconds);
    }

    [VmFact]
    public void The_best_that_was_ever_seen_is_known_after_a_restart()
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode();
        using (var first = node.Daemon())
        {
            node.AwaitVerdict("healthy", first);
            first.Signal("TERM");
            first.Ended();
        }

        StorageRack.Delete(StorageRack.Disks[0]);
        rack.AwaitPaths(1);
        using var daemon = node.Daemon();

        var map = node.AwaitVerdict("no redundancy", daemon);
        Assert.Equal((1, 2), ((int)map["usablePaths"]!, (int)map["bestUsablePaths"]!));
    }

    [VmFact]
    public void A_command_needs_no_daemon_and_says_without_root_what_it_may_not_read()
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode();
        StorageRack.SetState(StorageRack.Disks[0], "offline");
        rack.AwaitPaths(1, failed: 1);

        var asRoot = node.Expect(0, "storage show -o json").Json["maps"]![0]!;
        Assert.Equal("no redundancy", $"{asRoot["verdict"]}");
        var asNobody = AgentBinary.Run("setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", AgentBinary.Program, .. node.Arguments("storage show -o json")]);

        Assert.True(asNobody.Status == 0, $"{asNobody}");
        Assert.Equal(rack.Map, $"{asNobody.Json["maps"]![0]!["name"]}");
    }

    private static JsonNode Path(JsonNode map, string disk) => map["paths"]!.AsArray().First(path => $"{path!["device"]}" == disk)!;

    /// <summary>Commands, metrics and health are answered while storage hangs.</summary>
    private static void Answers(StorageNode node, AgentDaemon daemon)
    {
        var start = Stopwatch.GetTimestamp();
        node.Expect(0, "storage show");
        node.Expect(0, "status");
        Assert.NotEmpty(StorageNode.Metrics());
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"two commands and a scrape took {Stopwatch.GetElapsedTime(start)}\n{daemon.Log}");
    }
}
