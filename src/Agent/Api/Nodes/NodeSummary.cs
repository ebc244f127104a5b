using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.Mapping;
using NodeAgent.Config;
using NodeAgent.Hosting;
using NodeAgent.Kvm;
using NodeAgent.Migration.Store;
using NodeAgent.Network.View;
using NodeAgent.Node;
using NodeAgent.Storage.Store;
using NodeAgent.Verdicts;

namespace NodeAgent.Api.Nodes;

/// <summary>Makes the one page about the node from what the daemon has published; it asks neither kernel nor disk, the host's name aside.</summary>
public sealed class NodeSummary(HostPaths paths, AgentConfiguration configuration, NodeStateStore store, Readiness readiness, VerdictBoard verdicts, StorageStore storage, TimeProvider clock, KvmBoard kvm, IMigrationBoard? migrations)
{
    private readonly HostFacts _host = new(paths);

    public V1.Node Build()
    {
        var state = store.Current;
        var node = NodePage.Of(_host, new NetworkView(state.ToSnapshot(), state.Policies, state.Waiting), clock.GetUtcNow());
        node.Started = DateTimeOffset.UnixEpoch.AddTicks(store.Epoch / TimeSpan.NanosecondsPerTick).ToTimestamp();
        node.Pid = Environment.ProcessId;
        node.Ready = readiness.IsReady;
        foreach (var part in readiness.Snapshot) node.Parts.Add(new V1.Part { Name = part.Name, Ready = part.Ready, Reason = part.Reason });
        foreach (var transaction in state.Transactions) node.Transactions.Add(TransactionMapping.ToWire(transaction));
        node.Kvm = kvm.Current is { } report ? KvmMapping.Summary(report) : null;
        StorageSummaries.Add(node, storage.Current);
        VerdictProblems.Add(node, verdicts.All);
        node.Guests = GuestSummaries.Of(migrations);
        node.Endpoints.Add(Endpoints.Of(paths, configuration));
        return node;
    }
}
