using System.Text.Json.Nodes;
using NodeAgent.Cli;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Unit.Api;
using NodeAgent.Tests.Unit.Node;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli.Migration;

/// <summary>migration list, watch, history, forecast and measure against an agent's API over a socket, and without one.</summary>
public sealed class CommandTests
{
    private const double MiB = 1 << 20;
    private static readonly Guest s_guest = new(new GuestProcess(4242, 1), "11111111-2222-4333-8444-555555555555", "prod_db-1") { Namespace = "prod", Name = "db-1", MemoryBytes = 8L << 30, Vcpus = 4 };

    [Theory]
    [InlineData("list")]
    [InlineData("watch")]
    [InlineData("history")]
    [InlineData("forecast")]
    [InlineData("measure x")]
    public void Without_an_agent_it_says_who_follows_migrations_and_how_to_start_it(string line)
    {
        var run = Run("/nowhere/nodeagent.sock", environment: true, line);
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Equal("nodeagent: error: no agent serves /nowhere/nodeagent.sock, which NODEAGENT_SOCKET names\n", run.Error);
        run = CliRun.With(new FakeEngine(), ["migration", .. line.Split(' '), "--run-dir", "/nowhere"]);
        Assert.Contains("and guests and migrations are followed by the agent: `systemctl start nodeagent` starts it", run.Error, StringComparison.Ordinal);
        run = CliRun.With(new FakeEngine(), ["migration", .. line.Split(' '), "--local"]);
        Assert.Equal((ExitCode.Invalid, "nodeagent: error: --local means work in this process, which cannot do it: guests and migrations are followed by the agent\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("history --limit 0", "--limit 0: expected a number from 1 to 10000")]
    [InlineData("forecast --parallel 0", "--parallel 0: expected a number from 1 to 1000")]
    [InlineData("forecast --bandwidth 10G", "--bandwidth 10G: expected bytes or bits a second such as 1GiB/s, 500MB/s or 10Gbit/s")]
    [InlineData("forecast --downtime soon", "--downtime soon: expected a time between 1ms and 2000s, such as 300ms")]
    [InlineData("forecast --guest x --parallel 2", "--parallel and --guest exclude each other: one guest has all of the bandwidth")]
    [InlineData("measure x --period 90s", "--period 90s: expected a time between 1s and 60s, such as 1s")]
    [InlineData("measure x --method guess", "--method guess: expected page-sampling, dirty-bitmap or dirty-ring")]
    public void What_cannot_be_is_refused_before_anybody_is_asked(string line, string error)
    {
        var run = Run("/nowhere/nodeagent.sock", environment: true, line);
        Assert.Equal((ExitCode.Invalid, $"nodeagent: error: {error}\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_number_that_is_none_is_said_in_words() =>
        Assert.StartsWith("nodeagent: error: --limit ten: expected a number from 1 to 10000\n", Run("/nowhere/nodeagent.sock", environment: true, "history --limit ten").Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_guest_without_a_UUID_cannot_be_measured_and_it_is_said_what_to_do()
    {
        await using var host = await Served();
        using (var batch = host.Migrations.Write()) batch.Put(new GuestState(s_guest with { Process = new GuestProcess(7, 7), Uuid = "", Domain = "bare", Namespace = null, Name = null }, GuestSourceKind.Qmp));
        var run = await Ask(host, "measure bare");
        Assert.Equal((1, "nodeagent: error: bare has no UUID, by which the agent is asked to measure: start its QEMU with -uuid\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Guests_and_migrations_of_an_agent_are_listed()
    {
        await using var host = await Served();
        var run = await Ask(host, "list --guests");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("No migration is under way; none has ended here that is remembered; 1 guest on this node", run.Out, StringComparison.Ordinal);
        Assert.Matches("prod/db-1 +8 GiB", run.Out);
        Begin(host, MigrationVerdict.Converging);
        run = await Ask(host, "list");
        Assert.Contains("1 migration under way; 1 guest on this node (--guests lists them)", run.Out, StringComparison.Ordinal);
        Assert.Contains("converging  6 to 9 s", run.Out, StringComparison.Ordinal);
        var node = JsonNode.Parse((await Ask(host, "list -o json")).Out)!;
        Assert.Equal(("converging", "prod", "4242"), (node["migrations"]![0]!["verdict"]!.GetValue<string>(), node["migrations"]![0]!["guest"]!["namespace"]!.GetValue<string>(), node["guests"]![0]!["pid"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_watch_tells_of_start_passes_verdicts_and_end_and_goes_with_Ctrl_C()
    {
        await using var host = await Served();
        using var output = new SharedWriter();
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(() => Watch(host.SocketPath, output, stop.Token));
        output.Until("no migration is under way; Ctrl-C ends");
        Begin(host, MigrationVerdict.TooEarly);
        output.Until("started, to 10.0.0.7");
        using (var batch = host.Migrations.Write()) batch.Pass("m1", new MigrationPass(1, 2.4, 40 * MiB, 42 * MiB, 48 * MiB, 0), DateTimeOffset.UtcNow);
        output.Until("pass 1 took 2.4 s at 48 MiB/s: 40 MiB dirtied, 42 MiB left");
        Begin(host, MigrationVerdict.Converging);
        output.Until("converging: ends in 6 to 9 s");
        End(host);
        output.Until("done in ");
        stop.Cancel();
        Assert.Equal(0, await watching);
    }

    [Fact]
    public async Task A_watch_until_done_ends_by_itself_and_fails_where_the_migration_did()
    {
        await using var host = await Served();
        Begin(host, MigrationVerdict.Converging);
        using var output = new SharedWriter();
        var watching = Task.Run(() => Watch(host.SocketPath, output, CancellationToken.None, "prod/db-1", "--until-done", "-o", "json"));
        output.Until("\"event\":\"sample\"");
        End(host, MigrationOutcome.Failed);
        Assert.Equal(ExitCode.Failed, await watching);
        var lines = output.Shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonNode.Parse(l)!).ToList();
        Assert.Equal("start", lines[0]["event"]!.GetValue<string>());
        Assert.Contains(lines, static l => l["event"]!.GetValue<string>() == "ended" && l["phase"]!.GetValue<string>() == "failed");
        // Not an end but a name that nobody has.
        var nobody = await Ask(host, "watch --until-done nobody");
        Assert.Equal((ExitCode.Failed, "nodeagent: error: there is no guest nobody on this node; there is prod/db-1, and no migration of it is told of\n"), (nobody.ExitCode, nobody.Error));
    }

    [Fact]
    public async Task A_watch_until_done_of_a_guest_that_does_not_migrate_is_done()
    {
        await using var host = await Served();
        var run = await Ask(host, "watch --until-done prod/db-1");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_history_that_no_single_answer_holds_is_told_whole()
    {
        await using var host = await Served();
        using (var batch = host.Migrations.Write())
        {
            TimedPass[] passes = [.. Enumerable.Range(1, 1000).Select(static i => new TimedPass(DateTimeOffset.UnixEpoch.AddHours(i), new MigrationPass(i, 2.5, 1e9 + i, 1e9 - i, 48 * MiB, 20)))];
            for (var i = 0; i < 90; i++) batch.Record(new MigrationRecord($"r{i}", s_guest.Uuid, s_guest.Domain, MigrationDirection.Outgoing, MigrationOutcome.Completed, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) { PassList = passes });
        }

        var all = JsonNode.Parse((await Ask(host, "history --limit 100 -o json")).Out)!["migrations"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 90).Reverse().Select(static i => $"r{i}"), all.Select(static m => m!["id"]!.GetValue<string>()));
        Assert.Equal("r0", JsonNode.Parse((await Ask(host, "history r0 -o json")).Out)!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_picture_is_drawn_on_a_terminal_and_the_terminal_given_back()
    {
        await using var host = await Served();
        Begin(host, MigrationVerdict.Converging);
        using var output = new SharedWriter();
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(() => Watch(host.SocketPath, output, stop.Token, terminal: true));
        output.Until("converging: ends in 6 to 9 s");
        stop.Cancel();
        Assert.Equal(0, await watching);
        var text = output.Shown;
        Assert.StartsWith("\e[?1049h\e[?25l\e[?7l", text, StringComparison.Ordinal);
        var after = text[(text.LastIndexOf("\e[?7h\e[?25h\e[?1049l", StringComparison.Ordinal) + 1)..];
        Assert.Contains("prod/db-1", after, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[H", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drain_is_forecast_and_one_guest()
    {
        await using var host = await Served();
        var run = await Ask(host, "forecast --parallel 2 --bandwidth 1GiB/s");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Evacuation takes ", run.Out, StringComparison.Ordinal);
        Assert.Contains("dirty rate not measured", run.Out, StringComparison.Ordinal);
        run = await Ask(host, "forecast --guest prod/db-1 --bandwidth 1GiB/s -o json");
        Assert.Equal("too-early", JsonNode.Parse(run.Out)!["forecast"]!["verdict"]!.GetValue<string>());
        run = await Ask(host, "forecast --guest db-2");
        Assert.Equal((1, "nodeagent: error: there is no guest db-2 on this node; there is prod/db-1\n"), (run.ExitCode, run.Error));
        run = await Ask(host, "forecast");
        Assert.StartsWith("Nobody can say how long evacuation takes: no bandwidth was given", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dirty_rate_is_measured_and_what_forbids_it_is_said()
    {
        await using var host = await Served();
        var run = await Ask(host, "measure db-1 --period 2s");
        Assert.Equal((0, "prod/db-1 dirties 20 MiB/s (page-sampling for 2.0 s)\n", ""), (run.ExitCode, run.Out, run.Error));
        host.Meter.Measure = static (_, _, _, _) => throw new GuestSourceException(GuestSourceFault.Busy, "prod/db-1 was measured a moment ago");
        run = await Ask(host, "measure db-1");
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Contains("was measured a moment ago", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_is_empty_at_first()
    {
        await using var host = await Served();
        Assert.Equal("No migration has ended here that is remembered.\n", (await Ask(host, "history")).Out);
        Assert.Equal("{\n  \"migrations\": []\n}\n", (await Ask(host, "history -o json")).Out);
        Assert.Equal("No migration of prod/db-1 is remembered here; `nodeagent migration history` lists all.\n", (await Ask(host, "history prod/db-1")).Out);
    }

    private static async Task<ApiHost> Served()
    {
        var host = await ApiHost.StartAsync(new LinkMaker().Store());
        using var batch = host.Migrations.Write();
        batch.Put(new GuestState(s_guest, GuestSourceKind.Libvirt));
        batch.Ready();
        return host;
    }

    private static void Begin(ApiHost host, MigrationVerdict verdict)
    {
        using var batch = host.Migrations.Write();
        batch.Put(Status(verdict), DateTimeOffset.UtcNow);
    }

    private static void End(ApiHost host, MigrationOutcome outcome = MigrationOutcome.Completed)
    {
        using var batch = host.Migrations.Write();
        var verdict = outcome == MigrationOutcome.Completed ? MigrationVerdict.Done : MigrationVerdict.Failed;
        batch.Put(Status(verdict) with { Phase = outcome == MigrationOutcome.Completed ? MigrationPhase.Completed : MigrationPhase.Failed, Ended = DateTimeOffset.UtcNow, Outcome = outcome }, DateTimeOffset.UtcNow);
    }

    private static MigrationStatus Status(MigrationVerdict verdict) => new("m1", s_guest, MigrationDirection.Outgoing)
    {
        Source = GuestSourceKind.Libvirt,
        Phase = MigrationPhase.Active,
        Started = DateTimeOffset.UtcNow - TimeSpan.FromSeconds(12),
        SampledAt = DateTimeOffset.UtcNow,
        Peer = "10.0.0.7",
        Sample = new MigrationSample(default) { TotalBytes = 8L << 30, RemainingBytes = 1L << 30, TransferBytesPerSecond = 48 * MiB, Pass = 2 },
        Forecast = new MigrationForecast(default, verdict) { RemainingSecondsLow = 6, RemainingSecondsHigh = 9, Pass = 2, TransferBytesPerSecond = 48 * MiB },
    };

    private static int Watch(string socket, SharedWriter output, CancellationToken stop, params string[] args) => Watch(socket, output, stop, false, args);

    private static int Watch(string socket, SharedWriter output, CancellationToken stop, bool terminal, params string[] args) =>
        CommandLine.Run(["migration", "watch", "--socket", socket, .. args], new CliHost
        {
            Out = output,
            Error = TextWriter.Null,
            In = static () => Stream.Null,
            OutIsTerminal = terminal,
            Engine = static _ => new FakeEngine(),
            Interruptible = work => work(stop),
        });

    private static CliRun Run(string socket, bool environment, string line) =>
        CliRun.With(new FakeEngine(), environment ? new Dictionary<string, string> { ["NODEAGENT_SOCKET"] = socket } : [], ["migration", .. line.Split(' ')]);

    private static Task<CliRun> Ask(ApiHost host, string line) => Task.Run(() => Run(host.SocketPath, environment: true, line));
}
