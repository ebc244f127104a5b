using System.Net.Sockets;
using NodeAgent.Cli;
using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Cli;
using NodeAgent.Tests.Unit.Planning;
using Xunit;

namespace NodeAgent.Tests.Unit.Api;

/// <summary>Commands print and exit the same, whether an agent does the work or this process.</summary>
public sealed class CommandsOverSocketTests
{
    private static readonly string s_document = Path.Combine(Spec.Examples.Folder, "layout-a.yaml");

    public static TheoryData<string> Commands =>
    [
        "net show", "net show -v", "net show -o json", "net show -o yaml", "net show bond_data", "net show bond_data -o json", "net show nothing",
        "net mac", "net mac --count 3 --prefix 06", "net mac -o json",
        "net policies", "net policies -o json", "net export", "net export br0 -o json",
        "net plan -f DOC", "net plan -f DOC -o json", "net plan -f DOC --detailed-exitcode",
        "net apply -f DOC", "net apply -f DOC -o json", "net apply -f DOC --dry-run",
        "net confirm", "net confirm 7c1f -o json", "net rollback", "net rollback -o json", "net delete layout-a", "net delete layout-a -o json",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Print_the_same(string command)
    {
        foreach (var engine in Engines()) Same(engine, command.Replace("DOC", s_document, StringComparison.Ordinal).Split(' '));
    }

    [Fact]
    public void Who_did_it_is_told_where_something_changes_or_with_v()
    {
        var engine = new FakeEngine { Snapshot = Layouts.A() };
        using var server = new ApiServer(() => engine);
        Assert.Equal($"nodeagent: note: by the agent at {server.Socket}", CliRun.With(engine, "net", "confirm", "--socket", server.Socket).Where);
        Assert.Equal($"nodeagent: note: by the agent at {server.Socket}", CliRun.With(engine, "net", "show", "-v", "--socket", server.Socket).Where);
        Assert.Equal("", CliRun.With(engine, "net", "show", "--socket", server.Socket).Where);
        Assert.Equal("nodeagent: note: in this process (--local)", CliRun.With(engine, "net", "confirm", "--local").Where);
        Assert.Equal("nodeagent: note: in this process (--state-dir)", CliRun.With(engine, "net", "confirm", "--state-dir", "/tmp").Where);
        var variable = CliRun.With(engine, new Dictionary<string, string> { ["NODEAGENT_SOCKET"] = server.Socket }, ["net", "confirm"]);
        Assert.Equal($"nodeagent: note: by the agent at {server.Socket}", variable.Where);
        Assert.Equal(ExitCode.Invalid, CliRun.With(engine, "net", "show", "--local", "--socket", server.Socket).ExitCode);
    }

    [Fact]
    public void A_socket_without_listener_is_no_agent_unless_it_was_named()
    {
        var folder = Directory.CreateTempSubdirectory("nodeagent-run-").FullName;
        try
        {
            var path = Path.Combine(folder, "nodeagent.sock");
            using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)) left.Bind(new UnixDomainSocketEndPoint(path));
            if (!File.Exists(path)) File.WriteAllText(path, "");
            var run = CliRun.With(new FakeEngine(), "net", "confirm", "--run-dir", folder);
            Assert.Equal((ExitCode.Done, $"nodeagent: note: in this process: no agent serves {path}"), (run.ExitCode, run.Where));
            var named = CliRun.With(new FakeEngine(), "net", "confirm", "--socket", path);
            Assert.Equal(ExitCode.Failed, named.ExitCode);
            Assert.Contains($"no agent serves {path}, which --socket names", named.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_agent_that_cannot_look_at_the_node_is_a_failure_in_words()
    {
        using var server = new ApiServer(() => throw new IOException("the kernel does not answer"));
        var run = CliRun.With(new FakeEngine(), "net", "show", "--socket", server.Socket);
        Assert.Equal((ExitCode.Failed, $"nodeagent: error: the agent at {server.Socket} cannot answer: the kernel does not answer\n"), (run.ExitCode, run.Error));
    }

    private static void Same(INetworkEngine engine, string[] args)
    {
        using var server = new ApiServer(() => engine);
        var here = CliRun.With(engine, [.. args, "--local"]);
        var there = CliRun.With(new FakeEngine(), [.. args, "--socket", server.Socket]);
        Assert.Equal((here.ExitCode, here.Out, here.Error), (there.ExitCode, there.Out, there.Error));
    }

    private static IEnumerable<FakeEngine> Engines()
    {
        var net = Layouts.A(taps: 30, "enp2s1");
        var plan = Lab.Plan(Lab.LayoutNics(), DocumentReader.Load(s_document).Document!.Desired);
        var refused = plan with { Refusals = [new Refusal { Step = 1, Link = "bond_data", Path = "the default route", Taps = ["tap0"], Message = "step 1 would cut the default route" }] };
        var waiting = new WaitingTransaction("7c1f", "layout-a", new DateTimeOffset(2026, 11, 20, 12, 0, 30, TimeSpan.Zero));
        ApplyEvent[] events = [new(ApplyStage.Plan, "3 steps", 0, 3), new(ApplyStage.Journal, "transaction 7c1f", 0, 3), new(ApplyStage.Apply, "applying", 3, 3), new(ApplyStage.Commit, "committed", 0, 3)];
        yield return new FakeEngine { Snapshot = net, PlanResult = new PlanResult { Plan = plan }, PolicyList = [Layouts.Policy("layout-a", "br0", "bond_data")], Events = events, ApplyResult = Result(ApplyOutcome.Committed, plan) };
        yield return new FakeEngine { Snapshot = net, PlanResult = new PlanResult { Plan = refused }, WaitingOne = waiting, Reply = new TransactionReply(false, "no transaction waits"), ApplyResult = Result(ApplyOutcome.Refused, refused) };
        SpecError[] errors = [new(new NodeAgent.Network.Model.SourceMark(s_document, 3, 7), "interfaces[0].mtu", "conflicts with another policy")];
        yield return new FakeEngine { PlanResult = new PlanResult { Errors = errors }, ApplyResult = new ApplyResult { Outcome = ApplyOutcome.Invalid, Message = errors[0].ToString(), Errors = errors } };
        yield return new FakeEngine { Snapshot = net, ApplyResult = Result(ApplyOutcome.RolledBack, plan) };
        yield return new FakeEngine { Snapshot = net, ApplyResult = Result(ApplyOutcome.Failed, plan) };
    }

    private static ApplyResult Result(ApplyOutcome outcome, Plan plan) =>
        new() { Outcome = outcome, Message = $"it is {outcome}", Transaction = "7c1f", Plan = plan, Causes = ["one cause"], Duration = TimeSpan.FromMilliseconds(21.4) };
}
