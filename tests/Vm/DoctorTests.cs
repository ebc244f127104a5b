using System.Text.Json.Nodes;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>`nodeagent doctor` on a stock kernel with every part, and over real multipath.</summary>
public sealed class DoctorTests
{
    [VmFact]
    public void Paths_that_fail_and_a_multipathd_that_hangs_or_is_gone_are_named()
    {
        using var rack = StorageRack.Create(noPathRetry: "queue");
        var well = Storage();
        Assert.Equal("ok", Status(well, "storage.maps"));
        Assert.Equal("ok", Status(well, "service.multipathd"));
        Assert.Equal("warn", Status(well, "multipath.conf"));
        Assert.Contains("no_path_retry queue", Found(well, "multipath.conf"), StringComparison.Ordinal);

        StorageRack.SetState(StorageRack.Disks[0], "offline");
        rack.AwaitPaths(1, failed: 1);
        var failed = Storage();
        Assert.Equal("fail", Status(failed, "storage.maps"));
        Assert.StartsWith($"1 of 1 map: {rack.Map} ", Found(failed, "storage.maps"), StringComparison.Ordinal);

        StorageRack.SetState(StorageRack.Disks[0], "running");
        rack.AwaitPaths(2);
        rack.Multipathd!.Stop();
        var hung = Storage();
        rack.Multipathd.Continue();
        Assert.Equal("fail", Status(hung, "service.multipathd"));
        Assert.Equal("ok", Status(hung, "storage.maps"));

        rack.Multipathd.Kill();
        Assert.Equal("fail", Status(Storage(), "service.multipathd"));
    }

    [VmFact]
    public void Who_is_not_root_gets_every_line_with_a_status_or_the_reason()
    {
        var root = Checks(AgentBinary.Run(AgentBinary.Program, ["doctor", "-o", "json"]));
        var nobody = Checks(AgentBinary.Run("/usr/bin/setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", AgentBinary.Program, "doctor", "-o", "json"]));
        Assert.Equal(root.Select(static c => $"{c!["id"]}"), nobody.Select(static c => $"{c!["id"]}"));
        foreach (var check in nobody)
        {
            Assert.NotEmpty($"{check!["found"]}");
            Assert.DoesNotContain("reading ", $"{check["found"]}", StringComparison.Ordinal);
        }

        foreach (var id in (string[])["kernel.8021q", "kernel.bonding", "kernel.bridge", "kernel.dm-multipath", "kernel.tun", "cgroup.version", "memory.swap"]) Assert.Equal("ok", Status(nobody, id));
    }

    private static JsonArray Storage() => Checks(AgentBinary.Run(AgentBinary.Program, ["doctor", "--only", "storage.maps,service.multipathd,multipath.conf", "-o", "json"]));

    private static JsonArray Checks(AgentResult result)
    {
        Assert.Equal("", result.Error);
        var report = JsonNode.Parse(result.Output)!;
        Assert.Equal(result.Status == 0, (bool)report["fit"]!);
        return report["checks"]!.AsArray();
    }

    private static string Status(JsonArray checks, string id) => $"{Check(checks, id)["status"]}";

    private static string Found(JsonArray checks, string id) => $"{Check(checks, id)["found"]}";

    private static JsonNode Check(JsonArray checks, string id) => Assert.Single(checks, c => $"{c!["id"]}" == id)!;
}
