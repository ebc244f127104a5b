using System.Text.Json.Nodes;
using NodeAgent.Cli;
using NodeAgent.Storage.Model;
using NodeAgent.Tests.Unit.Api;
using NodeAgent.Tests.Unit.Node;
using NodeAgent.Tests.Unit.Storage;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>storage show and storage watch over readings that a test plays, in this process and by an agent.</summary>
public sealed class StorageTests
{
    private static readonly StorageReading s_reading = MapMaker.Reading(
        MapMaker.Of("sda A ready running host3 0x50a0981 0x1000 | sdb A ready running host4 0x50a0982 0x2000 || sdc A ghost running host3 0x50a0983 0x1000 | sdd A ghost running host4 0x50a0984 0x2000", "mpatha") with
        {
            IsRoot = true,
            Users = [new MapUser(MapUserKind.Mount, "/"), new MapUser(MapUserKind.LogicalVolume, "vg0/root")],
            SizeBytes = 100UL << 30,
        },
        MapMaker.Of("sde A ready running host3 0x50a0981 0x1000 | sdf F faulty running host4 0x50a0982 0x2000", "mpathb") with { SizeBytes = 3UL << 39, Users = [new MapUser(MapUserKind.PersistentVolume, "pvc-1")] },
        MapMaker.Of("sdg F faulty transport-offline host3 | sdh F faulty transport-offline host4", "mpathc") with { QueuesIfNoPath = true }) with
    {
        Initiators =
        [
            new() { Name = "host3", Transport = StorageTransport.FibreChannel, State = "Online", Speed = "16 Gbit", LocalName = "0x1000a", Fabric = "0x1000", Remotes = [new RemotePort("rport-3:0-1") { State = "Online" }, new RemotePort("rport-3:0-2") { State = "Online" }] },
            new() { Name = "host4", Transport = StorageTransport.FibreChannel, State = "Linkdown", Speed = "unknown", LocalName = "0x1000b", Remotes = [new RemotePort("rport-4:0-1") { State = "Online" }, new RemotePort("rport-4:0-2") { State = "Blocked", DevLossTimeout = 60 }] },
        ],
    };

    [Fact]
    public void Problems_come_first_then_maps_paths_and_adapters()
    {
        var run = Show(s_reading);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("nodeagent: note: in this process (--state-dir)", run.Where);
        Golden.Check("storage-show.txt", run.Out);
    }

    [Fact]
    public void Programs_get_the_same_by_stable_names()
    {
        var run = Show(s_reading, "-o", "json");
        Golden.Check("storage-show.json", run.Out);
        var map = JsonNode.Parse(run.Out)!["maps"]![1]!;
        Assert.Equal(("no redundancy", "failed", "running"), (map["verdict"]!.GetValue<string>(), map["paths"]![1]!["dmState"]!.GetValue<string>(), map["paths"]![1]!["deviceState"]!.GetValue<string>()));
    }

    [Fact]
    public void One_map_comes_with_what_it_goes_over_alone()
    {
        var run = Show(s_reading, "mpathb", "-o", "json");
        var node = JsonNode.Parse(run.Out)!;
        Assert.Equal("mpathb", node["maps"]!.AsArray().Single()!["name"]!.GetValue<string>());
        Assert.Equal(2, node["initiators"]!.AsArray().Count);
        Assert.Equal(run.Out, Show(s_reading, "3600a0980mpathb", "-o", "json").Out);
    }

    [Fact]
    public void A_map_that_is_not_there_is_named_with_those_that_are()
    {
        var run = Show(s_reading, "mpathx", "mpatha");
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal("nodeagent: error: there is no multipath map mpathx on this node; there is mpatha, mpathb, mpathc\n", run.Error);
    }

    [Theory]
    [InlineData(StorageSourceState.Absent, "this node has no multipath maps, and multipathd is not running", 0, "No multipath maps: this node has no multipath maps, and multipathd is not running\n")]
    [InlineData(StorageSourceState.Multipathd, "device-mapper and multipathd answer", 0, "No multipath maps: device-mapper and multipathd answer\n")]
    [InlineData(StorageSourceState.Unsupported, "the kernel has no device-mapper", 0, "No multipath maps are possible here: the kernel has no device-mapper\n")]
    [InlineData(StorageSourceState.Failed, "/dev/mapper/control: EACCES (Permission denied)", 1, "The multipath maps could not be read: /dev/mapper/control: EACCES (Permission denied)\n")]
    public void No_maps_is_an_answer_and_failing_to_read_them_is_none(StorageSourceState state, string reason, int code, string text)
    {
        var run = Show(new StorageReading { Source = new StorageSource(state, reason) });
        Assert.Equal((code, text), (run.ExitCode, run.Out));
    }

    [Fact]
    public void That_nobody_looks_after_the_paths_is_a_problem_of_its_own()
    {
        var run = Show(MapMaker.Reading(MapMaker.Of("sda A | sdb A")) with { Source = new StorageSource(StorageSourceState.DeviceMapper, "multipathd is not running") });
        Assert.StartsWith("1 multipath map, 1 problem\n\nProblems\n  !  nobody checks the paths of multipath maps or takes them back: multipathd is not running\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_maps_show_the_paths_of_those_that_are_not_well()
    {
        var reading = MapMaker.Reading([.. Enumerable.Range(10, 20).Select(static i => MapMaker.Of($"sda A | sdb {(i == 12 ? "F" : "A")}", $"mpath{i}"))]);
        var run = Show(reading);
        Assert.Contains("  19 healthy maps left out; -v lists the paths of all", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, run.Out.Split('\n').Count(static l => l.Contains("─ sd", StringComparison.Ordinal)));
        Assert.Equal(40, Show(reading, "-v").Out.Split('\n').Count(static l => l.Contains("─ sd", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_agent_is_asked_where_one_serves()
    {
        await using var host = await ApiHost.StartAsync(new LinkMaker().Store());
        host.Storage.Publish(s_reading, null);
        var run = await Task.Run(() => CliRun.With(new FakeEngine(), "storage", "show", "mpathb", "--socket", host.SocketPath));
        Assert.Equal((0, "", ""), (run.ExitCode, run.Error, run.Where));
        Assert.Contains("mpathb has 1 of 2 paths left (sde over host3)", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var status = await Task.Run(() => CliRun.With(new FakeEngine(), "status", "--socket", host.SocketPath));
        Assert.Contains("Storage  3 multipath maps (1 healthy, 1 without redundancy, 1 queueing), 5 of 8 paths usable", status.Out, StringComparison.Ordinal);
        Assert.Contains("  !  mpathb has 1 of 2 paths left", status.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_is_named_and_does_not_serve_is_an_error()
    {
        var run = CliRun.With(new FakeEngine(), "storage", "show", "--socket", "/nowhere/nodeagent.sock");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no agent serves /nowhere/nodeagent.sock, which --socket names; --local works without one", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_accepted_and_what_is_not_is_told_map_by_map()
    {
        await using var host = await ApiHost.StartAsync(new LinkMaker().Store());
        var (before, after) = (MapMaker.Of("sda A | sdb A | sdc A | sdd A", "mpathd"), MapMaker.Of("sda A | sdb A", "mpathd"));
        host.Storage.Publish(s_reading with { Maps = [.. s_reading.Maps, before] }, null);
        host.Storage.Publish(s_reading with { Maps = [.. s_reading.Maps, after] }, ["mpathd"]);
        var run = await Run("never", "mpathd", "mpathc");
        Assert.Equal((1, "accepted: mpathd has 2 of 2 paths (4 were expected before)\n"), (run.ExitCode, run.Out));
        var errors = run.Error.Split('\n');
        Assert.Equal("nodeagent: error: there is no multipath map never on this node; there is mpatha, mpathb, mpathc, mpathd", errors[0]);
        Assert.StartsWith("nodeagent: error: not accepted: mpathc has no usable path of 2 and its I/O waits ", errors[1], StringComparison.Ordinal);
        run = await Run("mpathd", "-o", "json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("healthy", JsonNode.Parse(run.Out)!["maps"]!.AsArray().Single()!["verdict"]!.GetValue<string>());

        Task<CliRun> Run(params string[] args) => Task.Run(() => CliRun.With(new FakeEngine(), ["storage", "accept", "--socket", host.SocketPath, .. args]));
    }

    [Fact]
    public void Nothing_is_accepted_without_an_agent()
    {
        var run = CliRun.With(new FakeEngine(), "storage", "accept", "mpatha", "--local");
        Assert.Equal((2, "nodeagent: error: --local means work in this process, which cannot do it: what is expected of maps is kept by the agent\n"), (run.ExitCode, run.Error));
        run = CliRun.With(new FakeEngine(), "storage", "accept", "mpatha", "--socket", "/nowhere/nodeagent.sock");
        Assert.Equal((1, "nodeagent: error: no agent serves /nowhere/nodeagent.sock, which --socket names\n"), (run.ExitCode, run.Error));
        Assert.Equal("the agent at x gave no answer in time", new NodeAgent.Network.Remote.DaemonException("the agent at x gave no answer in time; --local works without it").MessageWithoutLocal);
    }

    [Theory]
    [InlineData("table", "storage-watch.txt")]
    [InlineData("json", "storage-watch.json")]
    public void A_line_for_each_change(string format, string golden)
    {
        using var output = new SignallingWriter();
        using var stop = new CancellationTokenSource();
        using var story = new StorageStory(output, stop, s_reading);
        var code = CommandLine.Run(["storage", "watch", "--local", "-o", format], new CliHost
        {
            Out = output,
            Error = TextWriter.Null,
            In = static () => Stream.Null,
            Time = new StoppedTime(),
            Engine = static _ => new FakeEngine(),
            Interruptible = work => work(stop.Token),
            StorageMonitor = (_, observer) => story.Begin(observer),
        });
        Assert.Equal(0, code);
        Golden.Check(golden, output.ToString());
    }

    private static CliRun Show(StorageReading reading, params string[] args) =>
        CliRun.With(new FakeEngine(), new Dictionary<string, string>(), ["storage", "show", "--state-dir", "/nowhere", .. args], storage: reading);

    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
