using System.Collections.Concurrent;
using NodeAgent.Cli;
using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Planning;
using NodeAgent.Tests.Kernel.Engine;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Api;

/// <summary>The real engine behind the socket: what a client does there is done to this kernel.</summary>
public sealed class ApiTests
{
    private const string Bridge = """
        interfaces:
        - { name: br0, type: linux-bridge, state: up, mtu: 1400, bridge: { options: { mac-ageing-time: 120 }, port: [ { name: nic0 } ] }, ipv4: { enabled: true, address: [ { ip: 10.9.0.1, prefix-length: 24 } ] } }
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly HashSet<string> s_none = [];

    [SkippableFact]
    public void Plan_apply_show_and_delete() => OnNode((node, server) =>
    {
        var client = server.Connect();
        var document = TestEngine.Document(Bridge);
        Assert.Equal(Text(node.Engine.Plan(document, s_none).Plan), Text(client.Plan(document, s_none).Plan));

        var stages = new ConcurrentQueue<ApplyStage>();
        var result = client.Apply(new ApplyRequest { Document = document, Probes = [] }, new Collect(stages), CancellationToken.None);
        Assert.True(result.Outcome == ApplyOutcome.Committed, result.Message);
        Assert.Equal([ApplyStage.Plan, ApplyStage.Journal, ApplyStage.Apply, ApplyStage.Verify, ApplyStage.Commit], stages.Distinct());
        Assert.Contains("10.9.0.1/24", Command.Line("ip addr show br0"), StringComparison.Ordinal);

        foreach (var args in new[] { "net show -o json", "net show", "net show br0", "net policies -o json", "net export" }) Assert.Equal(Run(node, $"{args} --local"), Run(node, $"{args} --socket {server.Socket}"));

        var gone = client.Delete("test", s_none, null, CancellationToken.None);
        Assert.True(gone.Outcome == ApplyOutcome.Committed, gone.Message);
        Assert.Null(client.Observe().Find("br0"));
    });

    [SkippableFact]
    public void A_change_waits_for_its_confirmation_while_others_are_served() => OnNode((node, server) =>
    {
        using var confirm = new ManualResetEventSlim();
        var apply = Waiting(server, confirm, CancellationToken.None);
        var client = server.Connect();
        var waiting = client.Waiting()!;
        Assert.NotNull(client.Observe().Find("br0"));
        var second = client.Apply(new ApplyRequest { Document = TestEngine.Document(Bridge, "other"), Probes = [] }, null, CancellationToken.None);
        Assert.Equal(ApplyOutcome.Failed, second.Outcome);
        Assert.StartsWith($"transaction {waiting.Id} of policy test waits to be confirmed until ", second.Message, StringComparison.Ordinal);

        Assert.True(client.Confirm(waiting.Id).Done);
        Assert.Equal(ApplyOutcome.Committed, End(apply).Outcome);
        Assert.False(client.Confirm(null).Done);

        var undone = client.Rollback(null, s_none, null, CancellationToken.None);
        Assert.True(undone.Outcome == ApplyOutcome.Committed, undone.Message);
        Assert.Null(client.Observe().Find("br0"));
    });

    [SkippableFact]
    public void The_waiting_transaction_is_rolled_back_on_request() => OnNode((node, server) =>
    {
        using var confirm = new ManualResetEventSlim();
        var apply = Waiting(server, confirm, CancellationToken.None);
        var client = server.Connect();
        Assert.Equal(ApplyOutcome.Committed, client.Rollback(client.Waiting()!.Id, s_none, null, CancellationToken.None).Outcome);
        Assert.Equal(ApplyOutcome.RolledBack, End(apply).Outcome);
        Assert.Null(client.Observe().Find("br0"));
    });

    [SkippableFact]
    public void Interrupted_at_the_client_it_is_rolled_back_and_the_client_is_told() => OnNode((node, server) =>
    {
        using var confirm = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var apply = Waiting(server, confirm, stop.Token);
        stop.Cancel();
        var result = End(apply);
        Assert.Equal((ApplyOutcome.RolledBack, true), (result.Outcome, result.Message.Contains("it was interrupted before it was confirmed", StringComparison.Ordinal)));
        Assert.Null(server.Connect().Observe().Find("br0"));
    });

    [SkippableFact]
    public void Left_by_its_client_it_is_rolled_back() => OnNode((node, server) =>
    {
        using var confirm = new ManualResetEventSlim();
        var leaver = server.Connect();
        var apply = Waiting(leaver, confirm, CancellationToken.None);
        leaver.Dispose();
        Assert.True(((IAsyncResult)apply).AsyncWaitHandle.WaitOne(s_patience));
        var client = server.Connect();
        Assert.True(SpinWait.SpinUntil(() => client.Observe().Find("br0") is null, s_patience), "br0 is still there");
        Assert.True(SpinWait.SpinUntil(() => client.Waiting() is null, s_patience), "the transaction still waits");
    });

    [SkippableFact]
    public void The_callers_own_session_is_not_cut() => OnNode((node, server) =>
    {
        Command.Line("ip addr add 192.0.2.1/24 dev nic0");
        Command.Line("ip link set nic0 up");
        var document = TestEngine.Document("interfaces: [ { name: nic0, type: ethernet, state: down } ]");
        Assert.Empty(server.Connect().Plan(document, s_none).Plan.Refusals);
        var client = server.Connect("192.0.2.7 50000 192.0.2.1 22");
        Assert.Contains(client.ControlPaths(), static p => p.Description == "your SSH session from 192.0.2.7 dev nic0");
        var refused = client.Apply(new ApplyRequest { Document = document, Probes = [] }, null, CancellationToken.None);
        Assert.Equal(ApplyOutcome.Refused, refused.Outcome);
        Assert.Contains("your SSH session from 192.0.2.7", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ApplyOutcome.Committed, client.Apply(new ApplyRequest { Document = document, Probes = [], AllowDisrupt = new HashSet<string> { "nic0" } }, null, CancellationToken.None).Outcome);
    });

    [SkippableFact]
    public void A_watch_tells_what_the_kernel_does() => OnNode((node, server) =>
    {
        using var stop = new CancellationTokenSource();
        var events = new Thread(() => node.Engine.Watch(server.State.Publish, stop.Token)) { IsBackground = true };
        events.Start();
        using var told = new BlockingCollection<string>();
        var watch = Task.Run(() => server.Connect().Watch(
            c =>
            {
                foreach (var name in c.Links ?? ["all"]) told.Add($"{name} {c.Snapshot.Find(name)?.OperState}");
            },
            stop.Token));
        Until("all ");
        Command.Line("ip link add br7 type bridge");
        Until("br7 down");
        Command.Line("ip link del br7");
        Until("br7 ");
        stop.Cancel();
        Assert.True(((IAsyncResult)watch).AsyncWaitHandle.WaitOne(s_patience));
        Assert.True(events.Join(s_patience));

        void Until(string line)
        {
            while (told.TryTake(out var one, s_patience))
            {
                if (one == line) return;
            }

            Assert.Fail($"'{line}' was never told");
        }
    });

    private static Task<ApplyResult> Waiting(ApiServer server, ManualResetEventSlim waits, CancellationToken stop) => Waiting(server.Connect(), waits, stop);

    /// <summary>Begins a change that waits for its confirmation by the time this returns.</summary>
    private static Task<ApplyResult> Waiting(INetworkEngine client, ManualResetEventSlim waits, CancellationToken stop)
    {
        var request = new ApplyRequest { Document = TestEngine.Document(Bridge), Probes = [], Confirm = TimeSpan.FromMinutes(5) };
        var apply = Task.Run(() => client.Apply(request, new Until(ApplyStage.Confirm, waits), stop), CancellationToken.None);
        Assert.True(waits.Wait(s_patience), "it never waited for its confirmation");
        return apply;
    }

    private static ApplyResult End(Task<ApplyResult> apply)
    {
        Assert.True(((IAsyncResult)apply).AsyncWaitHandle.WaitOne(s_patience), "it did not end");
        return apply.GetAwaiter().GetResult();
    }

    private static void OnNode(Action<TestEngine, ApiServer> test)
    {
        Skip.If(NetworkNamespace.WhyNot is not null, NetworkNamespace.WhyNot);
        NetworkNamespace.Run(() =>
        {
            Command.Line("ip link add nic0 type veth peer name nic0-peer");
            Command.Line("ip link set nic0-peer up");
            using var node = new TestEngine(new EngineOptions { LockWait = TimeSpan.FromMilliseconds(100) });
            using var server = new ApiServer(() => new NetworkEngine(node.Options), node.Options.LockWait);
            test(node, server);
        });
    }

    private static string Run(TestEngine node, string arguments)
    {
        var output = new StringWriter();
        var code = CommandLine.Run(arguments.Split(' '), new CliHost { Out = output, Error = output, In = () => Stream.Null, Engine = _ => node.Engine });
        return $"{code}\n{output}";
    }

    private static string Text(Plan plan)
    {
        var output = new StringWriter();
        PlanText.Write(plan, output, color: false);
        return output + PlanJson.ToJson(plan).ToJsonString();
    }

    private sealed class Collect(ConcurrentQueue<ApplyStage> stages) : IProgress<ApplyEvent>
    {
        public void Report(ApplyEvent value) => stages.Enqueue(value.Stage);
    }

    private sealed class Until(ApplyStage stage, ManualResetEventSlim reached) : IProgress<ApplyEvent>
    {
        public void Report(ApplyEvent value)
        {
            if (value.Stage == stage) reached.Set();
        }
    }
}
