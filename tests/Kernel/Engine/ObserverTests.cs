using System.Collections.Concurrent;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Schema;
using NodeAgent.Node;
using NodeAgent.Tests.Support;
using Xunit;
using static NodeAgent.Tests.Kernel.Engine.DriftTests;

namespace NodeAgent.Tests.Kernel.Engine;

/// <summary>What the daemon tells of a real kernel: the state that everybody reads, drift, repairs, transactions, and that it lives.</summary>
public sealed class ObserverTests
{
    private const string Nic = "interfaces: [ { name: nic0, type: ethernet, state: up, mtu: 1400 } ]";

    private readonly NodeStateStore _store = new(7);
    private readonly Recorder _heard = new();

    [SkippableFact]
    public void The_state_is_that_of_the_kernel_from_the_first_listing_on() => WithDaemon(
        Nic,
        (node, _) =>
        {
            Assert.Equal(node.Engine.Observe().Links.Keys.Order(), _store.Current.Links.Keys.Order());
            Command.Line("ip link add dd0 type veth peer name dd1");
            Eventually(() => _store.Current.Links.ContainsKey("dd0"), () => "dd0 was not told of");
            Command.Line("ip link del dd0");
            Eventually(() => !_store.Current.Links.ContainsKey("dd0") && !_store.Current.Links.ContainsKey("dd1"), () => "dd0 did not go");
            Assert.Equal(node.Engine.Observe().Links.Keys.Order(), _store.Current.Links.Keys.Order());
        },
        _store);

    [SkippableFact]
    public void Drift_and_its_repair_are_told_with_the_policy_they_belong_to() => WithDaemon(
        Nic,
        (_, _) =>
        {
            Command.Line("ip link set nic0 mtu 1300");
            Eventually(() => !_heard.Repairs.IsEmpty, () => "no repair was told of");
            Assert.Contains(_heard.Drift, d => d is { Policy: "test", Link: "nic0", Wanted: "1400", Found: "1300" });
            var (policies, latency) = _heard.Repairs.First();
            Assert.Equal(["test"], policies);
            Assert.True(latency > TimeSpan.Zero);
            Eventually(() => _store.Current.Policies is [{ State: "in force", Repairs: 1, Generation: 1, Drift.Count: 1 }], () => string.Join(", ", _store.Current.Policies));
            Eventually(() => _store.Current.Links["nic0"].State.Fields[CommonFields.Mtu]?.Number == 1400, () => "the repaired MTU was not told of");
        },
        _store,
        _heard);

    [SkippableFact]
    public void While_a_transaction_waits_to_be_confirmed_it_is_told_of_the_daemon_answers_and_events_are_heard() => WithDaemon(
        Nic,
        (node, daemon) =>
        {
            File.WriteAllText(Path.Combine(node.Paths.PoliciesFolder, "second.yaml"), """
                apiVersion: nodeagent.dev/v1alpha1
                kind: NodeNetworkPolicy
                metadata: { name: second }
                spec:
                  confirm: 60s
                  probes: []
                  desiredState: { interfaces: [ { name: nic1, type: ethernet, state: up, mtu: 1450 } ] }
                """);
            Eventually(() => _store.Current.Waiting is { Policy: "second" }, () => $"{_store.Current.Waiting}");
            Assert.True(daemon.Liveness.AnswersAsync(TimeSpan.FromSeconds(60), CancellationToken.None).GetAwaiter().GetResult());
            Command.Line("ip link add dd0 type veth peer name dd1");
            Eventually(() => _store.Current.Links.ContainsKey("dd0"), () => "dd0 was not told of");
            Assert.NotNull(_store.Current.Waiting);
            Assert.True(node.Engine.Confirm(null).Done);
            Eventually(() => _store.Current.Waiting is null && _store.Current.Transactions is [.., { Policy: "second", State: TransactionState.Closed }], () => string.Join(", ", _store.Current.Transactions));
            Eventually(() => _heard.Transactions.Contains(("apply", "second", ApplyOutcome.Committed)), () => string.Join(", ", _heard.Transactions));
            Assert.True(daemon.Liveness.AnswersAsync(TimeSpan.FromSeconds(60), CancellationToken.None).GetAwaiter().GetResult());
        },
        _store,
        _heard);

    [SkippableFact]
    public void A_transaction_beside_the_daemon_is_told_too() => WithDaemon(
        Nic,
        (node, _) =>
        {
            var result = node.MustApply("interfaces: [ { name: nic1, type: ethernet, state: up, mtu: 1450 } ]", "beside");
            Eventually(() => _store.Current.Transactions.Any(t => t.Id == result.Transaction && t.State == TransactionState.Closed), () => string.Join(", ", _store.Current.Transactions));
            Eventually(() => _store.Current.Policies.Any(p => p is { Name: "beside", State: "in force" }), () => string.Join(", ", _store.Current.Policies));
        },
        _store);

    [SkippableFact]
    public void What_becomes_of_a_transaction_while_it_is_told_of_is_told_too()
    {
        var meddler = new Meddler();
        WithDaemon(
            Nic,
            (node, _) =>
            {
                meddler.Paths = node.Paths;
                node.MustApply("interfaces: [ { name: nic1, type: ethernet, state: up, mtu: 1450 } ]", "beside");
                Eventually(() => meddler.WasTold, () => "what was written meanwhile was not told of");
            },
            meddler);
    }

    /// <summary>Changes the record of an ended transaction as soon as it is told of it, and goes on once the disk has told of that.</summary>
    private sealed class Meddler : IDaemonObserver
    {
        private const string Word = "written meanwhile";
        private volatile HostPaths? _paths;
        private volatile bool _wasTold;

        public HostPaths Paths
        {
            set => _paths = value;
        }

        public bool WasTold => _wasTold;

        public void Transactions(IReadOnlyList<TransactionSummary> newest, WaitingTransaction? waiting)
        {
            if (newest.Any(static t => t.Outcome == Word))
            {
                _wasTold = true;
                return;
            }

            if (_paths is not { } paths || newest is not [.., { Policy: "beside", State: TransactionState.Closed }]) return;
            var journal = new Journal(paths.State, TimeProvider.System);
            using var told = new ManualResetEventSlim();
            using var watcher = new FileSystemWatcher(Path.Combine(paths.State, "transactions"), "*.json");
            watcher.Renamed += (_, _) => told.Set();
            watcher.EnableRaisingEvents = true;
            journal.Write(journal.ReadNewest(1)[0] with { Outcome = Word });
            Assert.True(told.Wait(TimeSpan.FromSeconds(60)));
        }
    }

    private sealed class Recorder : IDaemonObserver
    {
        public ConcurrentQueue<DriftRecord> Drift { get; } = [];

        public ConcurrentQueue<(IReadOnlyList<string> Policies, TimeSpan Latency)> Repairs { get; } = [];

        public ConcurrentQueue<(string Kind, string Policy, ApplyOutcome Outcome)> Transactions { get; } = [];

        public void Drifted(DriftRecord record) => Drift.Enqueue(record);

        public void Repaired(IReadOnlyList<string> policies, TimeSpan latency, int steps) => Repairs.Enqueue((policies, latency));

        public void Transaction(string kind, string policy, ApplyResult result) => Transactions.Enqueue((kind, policy, result.Outcome));
    }
}
