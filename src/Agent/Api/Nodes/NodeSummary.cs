using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.Mapping;
using NodeAgent.Hosting;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.View;
using NodeAgent.Node;

namespace NodeAgent.Api.Nodes;

/// <summary>Makes the one page about the node from what the daemon has published; it asks neither kernel nor disk, the host's name aside.</summary>
internal sealed class NodeSummary(DaemonParts parts)
{
    private const long TicksToNanoseconds = TimeSpan.NanosecondsPerTick;

    private readonly HostFacts _host = new(parts.Settings.Paths);

    public V1.Node Build()
    {
        var state = parts.State.Current;
        var view = new NetworkView(Snapshot(state), state.Policies, state.Waiting);
        var host = _host.HostName ?? "";
        var node = new V1.Node
        {
            Name = host,
            HostName = host,
            AgentVersion = AgentVersion.Text,
            Started = DateTimeOffset.UnixEpoch.AddTicks(parts.State.Epoch / TicksToNanoseconds).ToTimestamp(),
            Pid = Environment.ProcessId,
            Kernel = _host.KernelRelease ?? "",
            BootId = _host.BootId ?? "",
            Ready = parts.Readiness.IsReady,
            Counts = NetworkSummary.Counts(view, state.OtherRoutes.Count),
            Waiting = state.Waiting is { } waiting ? PolicyMapping.ToWire(waiting) : null,
            Time = parts.Clock.GetUtcNow().ToTimestamp(),
        };
        foreach (var part in parts.Readiness.Snapshot) node.Parts.Add(new V1.Part { Name = part.Name, Ready = part.Ready, Reason = part.Reason });
        foreach (var policy in state.Policies) node.Policies.Add(Summary(policy));
        foreach (var problem in view.Problems) node.Problems.Add(new V1.Problem { Object = problem.Link ?? "", Message = problem.Message });
        foreach (var transaction in state.Transactions) node.Transactions.Add(TransactionMapping.ToWire(transaction));
        node.Bridges.Add(NetworkSummary.Bridges(view));
        node.Bonds.Add(NetworkSummary.Bonds(view));
        node.Endpoints.Add(Endpoints.Of(parts.Settings));
        return node;
    }

    private static NetworkSnapshot Snapshot(NodeState state)
    {
        var snapshot = new NetworkSnapshot();
        foreach (var link in state.Links.Values)
        {
            snapshot.Put(link.State);
            foreach (var route in link.Routes) snapshot.Routes.Add(route);
        }

        return snapshot;
    }

    private static V1.PolicySummary Summary(PolicyStatus policy) => new()
    {
        Name = policy.Name,
        State = policy.State,
        Message = policy.Message,
        Applied = policy.Applied?.ToTimestamp(),
        Generation = policy.Generation,
        Repairs = policy.Repairs,
        LastDrift = policy.Drift is [.., var last] ? last.Since.ToTimestamp() : null,
        Mode = policy.Mode == PolicyMode.Observe ? V1.PolicyMode.Observe : V1.PolicyMode.Repair,
    };
}
