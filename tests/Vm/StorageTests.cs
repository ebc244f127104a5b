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
    private const int EventSeconds = 20;

    [VmFact]
    public void A_path_that_fails_returns_goes_and_is_found_again_is_told_at_once_and_two_more_are_better()
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode(rack.Map);
        using var daemon = node.Daemon();
        using var watch = node.Watch();
        var disk = StorageRack.Disks[0];
        Assert.Equal(("healthy", 2, 2), Standing(node.Shown()));

        StorageRack.SetState(disk, "offline");
        node.AwaitVerdict("no_redundancy", daemon, EventSeconds);
        node.Await(() => node.Metrics().Contains("dm=\"failed\",checker=\"faulty\",device=\"offline\"", StringComparison.Ordinal), daemon);
        var map = node.Shown();
        Assert.Equal(("no redundancy", 1, 2), Standing(map));
        Assert.Contains(disk, $"{map["sentence"]}", StringComparison.Ordinal);
        Assert.Equal("failed faulty offline", States(map, disk));
        watch.Says(rack.Map, "verdict", "no redundancy", disk);
        watch.Says(rack.Map, disk, "active -> failed");
        Assert.Equal(0, node.Metric("nodeagent_storage_path_active", $"map=\"{rack.Map}\",path=\"{disk}\""));
        Assert.Equal(1, node.Metric("nodeagent_storage_map_paths", $"map=\"{rack.Map}\",state=\"failed\""));
        Assert.True(node.Metric("nodeagent_storage_map_redundancy_lost_seconds_total", $"map=\"{rack.Map}\"") > 0);

        StorageRack.SetState(disk, "running");
        node.AwaitVerdict("healthy", daemon, EventSeconds);
        watch.Says(rack.Map, disk, "failed -> active");

        StorageRack.Delete(disk);
        node.AwaitVerdict("no_redundancy", daemon, EventSeconds);
        Assert.Equal(("no redundancy", 1, 2), Standing(node.Shown()));

        StorageRack.Rescan();
        StorageRack.AddHosts(2);
        node.Await(() => node.Metric("nodeagent_storage_map_best_paths", $"map=\"{rack.Map}\"") == 4, daemon);
        node.AwaitVerdict("healthy", daemon, EventSeconds);

        StorageRack.SetState(StorageRack.Disks[0], "offline");
        node.AwaitVerdict("degraded", daemon, EventSeconds);
        Assert.Equal(("degraded", 3, 4), Standing(node.Shown()));
        watch.Says(rack.Map, "verdict", "degraded");
    }

    [VmTheory]
    [InlineData("stopped")]
    [InlineData("killed")]
    public void Without_multipathd_device_mapper_alone_is_believed_and_nothing_waits(string how)
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode(rack.Map);
        using var daemon = node.Daemon();
        node.AwaitSource("multipathd", daemon);
        var disk = StorageRack.Disks[1];
        if (how == "stopped") rack.Multipathd!.Stop();
        else rack.Multipathd!.Kill();

        rack.Message("fail_path", disk);

        node.AwaitVerdict("no_redundancy", daemon, EventSeconds);
        node.AwaitSource("device-mapper", daemon);
        Assert.Contains("nobody checks the paths of multipath maps or takes them back: multipathd", string.Join(' ', node.Expect(0, "status").Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        // A disk that runs says nothing of the path over it.
        Assert.Matches("^failed .*running$", States(node.Shown(), disk));
        Answers(node, daemon);

        if (how == "stopped") rack.Multipathd!.Continue();
        else rack.StartMultipathd();
        // It takes the path back, and is asked again at the next reading at the latest.
        node.AwaitVerdict("healthy", daemon);
        node.AwaitSource("multipathd", daemon);
    }

    [VmFact]
    public void A_volume_without_paths_that_holds_back_a_write_is_queueing_and_the_agent_goes_on()
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode(rack.Map);
        using var daemon = node.Daemon();
        foreach (var disk in StorageRack.Disks) StorageRack.SetState(disk, "offline");
        using var write = Process.Start("dd", $"if=/dev/zero of=/dev/mapper/{rack.Map} bs=4k count=1 oflag=direct status=none");

        node.AwaitVerdict("queueing", daemon, EventSeconds);

        var map = node.Shown();
        Assert.Equal(("queueing", 0, 2), Standing(map));
        Assert.NotNull(map["queueingSince"]);
        Assert.False(write.HasExited);
        Answers(node, daemon);
        node.Await(() => node.Metric("nodeagent_storage_map_queueing_seconds", $"map=\"{rack.Map}\"") > 1, daemon);
        foreach (var disk in StorageRack.Disks) StorageRack.SetState(disk, "running");
        node.AwaitVerdict("healthy", daemon);
        Assert.True(write.WaitForExit(TimeSpan.FromSeconds(60)), "the write still waits");
        Assert.Equal(0, write.ExitCode);
        Assert.Equal(0, node.Metric("nodeagent_storage_map_queueing_seconds", $"map=\"{rack.Map}\""));
    }

    [VmFact]
    public void A_volume_without_paths_that_fails_its_writes_is_failed_and_its_best_is_known_after_a_restart()
    {
        using var rack = StorageRack.Create(noPathRetry: "fail");
        using var node = new StorageNode(rack.Map);
        using (var first = node.Daemon())
        {
            foreach (var disk in StorageRack.Disks) StorageRack.SetState(disk, "offline");
            node.AwaitVerdict("failed", first, EventSeconds);
            first.Signal("TERM");
            first.Ended();
        }

        StorageRack.SetState(StorageRack.Disks[0], "running");
        StorageRack.Delete(StorageRack.Disks[1]);
        rack.AwaitPaths(1);
        using var daemon = node.Daemon();

        node.AwaitVerdict("no_redundancy", daemon);
        Assert.Equal(("no redundancy", 1, 2), Standing(node.Shown()));
    }

    [VmFact]
    public void A_volume_with_fewer_paths_on_purpose_is_healthy_once_that_is_accepted_also_after_a_restart()
    {
        using var rack = StorageRack.Create(hosts: 4);
        using var node = new StorageNode(rack.Map);
        using (var first = node.Daemon())
        {
            node.AwaitVerdict("healthy", first);
            foreach (var disk in StorageRack.Disks.Take(2).ToList()) StorageRack.Delete(disk);
            node.AwaitVerdict("degraded", first, EventSeconds);
            node.Await(() => $"{node.Shown()["sentence"]}".EndsWith($"2 paths it had are gone; check zoning, sessions and LUN mapping, then rescan the adapters; if this is meant: nodeagent storage accept {rack.Map}", StringComparison.Ordinal), first);
            var accepted = node.Expect(0, $"storage accept {rack.Map}");
            Assert.StartsWith($"accepted: {rack.Map} has 2 of 2 paths over ", accepted.Output, StringComparison.Ordinal);
            node.AwaitVerdict("healthy", first, EventSeconds);
            first.Says("AcceptPaths", $"map {rack.Map} ", "expected paths 4 -> 2");
            first.Signal("TERM");
            first.Ended();
        }

        using var daemon = node.Daemon();
        node.AwaitVerdict("healthy", daemon);
        Assert.Equal(("healthy", 2, 2), Standing(node.Shown()));
        foreach (var disk in StorageRack.Disks) StorageRack.SetState(disk, "offline");
        node.AwaitVerdict("queueing", daemon, EventSeconds);
        Assert.Contains("error: not accepted: ", node.Expect(1, $"storage accept {rack.Map}").Error, StringComparison.Ordinal);
    }

    [VmFact]
    public void A_command_needs_no_daemon_and_without_root_says_what_it_may_not_read()
    {
        using var rack = StorageRack.Create();
        using var node = new StorageNode(rack.Map);
        StorageRack.SetState(StorageRack.Disks[0], "offline");
        rack.AwaitPaths(1, failed: 1);

        var asRoot = node.Shown();
        Assert.Equal("no redundancy", $"{asRoot["verdict"]}");
        Assert.Equal("failed faulty offline", States(asRoot, StorageRack.Disks[0]));
        var asNobody = AgentBinary.Run("setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", AgentBinary.Program, .. node.Arguments("storage show -o json")]);

        Assert.True(asNobody.Status == 0, $"{asNobody}");
        // multipathd answers everybody, device-mapper root alone.
        var map = asNobody.Json["maps"]!.AsArray().Single()!;
        Assert.Equal((rack.Map, "no redundancy"), ($"{map["name"]}", $"{map["verdict"]}"));
        Assert.Contains("it takes root", $"{asNobody.Json["source"]!["reason"]}", StringComparison.Ordinal);
    }

    private static (string Verdict, int Usable, int Best) Standing(JsonNode map) => ($"{map["verdict"]}", (int)map["usablePaths"]!, (int)map["bestUsablePaths"]!);

    /// <summary>"failed faulty offline": what device-mapper, the checker and SCSI say.</summary>
    private static string States(JsonNode map, string disk)
    {
        var path = map["paths"]!.AsArray().Single(path => $"{path!["device"]}" == disk)!;
        return $"{path["dmState"]} {path["checkerState"]} {path["deviceState"]}";
    }

    /// <summary>Commands and health are answered while storage hangs; what a command takes at all is for a machine that others use too.</summary>
    private static void Answers(StorageNode node, AgentDaemon daemon)
    {
        var start = Stopwatch.GetTimestamp();
        Assert.Contains(node.Map, node.Expect(0, "status").Output, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"status took {Stopwatch.GetElapsedTime(start)}\n{daemon.Log}");
    }
}
