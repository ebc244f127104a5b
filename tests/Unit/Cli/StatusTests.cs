using System.Text.Json.Nodes;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Tests.Unit.Api;
using NodeAgent.Tests.Unit.Kvm;
using NodeAgent.Tests.Unit.Node;
using NodeAgent.Tests.Unit.Storage;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class StatusTests
{
    private readonly LinkMaker _network = new();

    [Fact]
    public void Without_an_agent_it_shows_what_there_is_says_how_to_start_one_and_fails()
    {
        var network = new LinkMaker();
        network.Put(LinkMaker.Link("nic0"));
        var run = CliRun.With(new FakeEngine { Snapshot = network.Snapshot }, "status", "--run-dir", "/nowhere");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no agent runs", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 link (", run.Out, StringComparison.Ordinal);
        Assert.Equal("nodeagent: error: no agent serves /nowhere/nodeagent.sock: `systemctl start nodeagent` starts it, `nodeagent run` in a terminal\n", run.Error);
    }

    [Fact]
    public void Without_an_agent_it_shows_the_storage_all_the_same()
    {
        var reading = MapMaker.Reading(MapMaker.Of("sda A | sdb A", "mpatha"), MapMaker.Of("sdc A | sdd F", "mpathb"));
        var run = CliRun.With(new FakeEngine(), new Dictionary<string, string>(), ["status", "--no-color", "--run-dir", "/nowhere"], storage: reading, terminalWidth: 200);
        Assert.Contains("\nStorage  2 multipath maps (1 healthy, 1 without redundancy), 3 of 4 paths usable; multipathd and device-mapper answer\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nProblems\n  !  mpathb has 1 of 2 paths left (sdc)", run.Out, StringComparison.Ordinal);
        reading = reading with { Source = new NodeAgent.Storage.Model.StorageSource(NodeAgent.Storage.Model.StorageSourceState.DeviceMapper, "multipathd is not running") };
        run = CliRun.With(new FakeEngine(), new Dictionary<string, string>(), ["status", "--no-color", "--run-dir", "/nowhere"], storage: reading, terminalWidth: 200);
        Assert.Contains("\n  !  nobody checks the paths of multipath maps or takes them back: multipathd is not running\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(", 3 of 4 paths usable\n", run.Out, StringComparison.Ordinal);
        run = CliRun.With(new FakeEngine(), "status", "--run-dir", "/nowhere");
        Assert.Contains("\nStorage  this node has no multipath maps, and multipathd is not running\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_comes_first()
    {
        await using var host = await StartAsync();
        var run = await Task.Run(() => CliRun.With(new FakeEngine(), "status", "--socket", host.SocketPath));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Out.Split('\n');
        Assert.Contains("not ready", lines[0], StringComparison.Ordinal);
        Assert.Contains(host.SocketPath, lines[1], StringComparison.Ordinal);
        Assert.Equal(["Problems", "  !  http is not ready: the port is taken", "  !  policy p: drifted: nic0: mtu"], lines[3..6]);
        Assert.Contains("\n  nodeagent net confirm 20261120T1-1-1\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  p         repair  drifted  3           4\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("rolled back  probe gateway", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_fits_a_terminal_of_80_columns()
    {
        await using var host = await StartAsync();
        var run = await Task.Run(() => CliRun.With(new FakeEngine(), new Dictionary<string, string>(), ["status", "--no-color", "--socket", host.SocketPath], terminalWidth: 80));
        Assert.All(run.Out.Split('\n').Where(l => !l.Contains(host.SocketPath, StringComparison.Ordinal)), static line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Programs_get_the_same_by_stable_names()
    {
        await using var host = await StartAsync();
        var run = await Task.Run(() => CliRun.With(new FakeEngine(), "status", "-o", "json", "--socket", host.SocketPath));
        var page = JsonNode.Parse(run.Out)!.AsObject();
        Assert.Equal(
            ["node", "kernel", "bootId", "time", "ready", "agent", "problems", "storage", "kvm", "guests", "counts", "bridges", "bonds", "policies", "waiting", "transactions"],
            page.Select(p => p.Key));
        Assert.False(page["ready"]!.GetValue<bool>());
        Assert.Equal("20261120T1-1-1", page["waiting"]!["transaction"]!.GetValue<string>());
        Assert.Equal("rolled back", page["transactions"]![0]!["state"]!.GetValue<string>());
        Assert.Equal("http", page["problems"]![0]!["object"]!.GetValue<string>());
        Assert.Null(page["kvm"]);
    }

    [Fact]
    public async Task Whether_VMs_run_here_is_said_once_it_was_checked()
    {
        await using var host = await StartAsync();
        host.Kvm.Set(SampleKvm.Usable);
        Assert.Contains("\nKVM  usable  KVM works: a guest ran and came to the right result\n", (await Run()).Out, StringComparison.Ordinal);
        host.Kvm.Set(SampleKvm.Missing);
        Assert.Contains("\nKVM  not usable  /dev/kvm is missing: the kernel's module kvm_intel is not loaded;", (await Run()).Out, StringComparison.Ordinal);
        var kvm = JsonNode.Parse((await Run("-o", "json")).Out)!["kvm"]!;
        Assert.Equal("module absent", kvm["state"]!.GetValue<string>());

        Task<CliRun> Run(params string[] options) => Task.Run(() => CliRun.With(new FakeEngine(), ["status", "--socket", host.SocketPath, .. options]));
    }

    private async Task<ApiHost> StartAsync()
    {
        _network.Snapshot.Put(LinkMaker.Link("nic0"));
        var store = _network.Store();
        store.Publish([new PolicyStatus { Name = "p", File = "p.yaml", State = "drifted", Message = "nic0: mtu", Generation = 3, Repairs = 4 }]);
        var start = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        store.Publish(
            [new TransactionSummary("20261120T1-1-1", "apply", "p", start, TransactionState.RolledBack, "probe gateway: no answer")],
            new WaitingTransaction("20261120T1-1-1", "p", start.AddSeconds(30)));
        var host = await ApiHost.StartAsync(store);
        host.Readiness.Set("network", true, "the policies of this node are applied and kept");
        host.Readiness.Set("http", false, "the port is taken");
        return host;
    }
}
