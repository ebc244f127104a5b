using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.Mapping;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.View;

namespace NodeAgent.Api.Nodes;

/// <summary>What can be said of a node from its kernel and a view of its network, by the daemon or by a command without one.</summary>
internal static class NodePage
{
    /// <param name="host">What the kernel says of the machine.</param>
    /// <param name="view">Its network.</param>
    /// <param name="now">The node's clock.</param>
    public static V1.Node Of(HostFacts host, NetworkView view, DateTimeOffset now)
    {
        var name = host.HostName ?? "";
        var node = new V1.Node
        {
            Name = name,
            HostName = name,
            Kernel = host.KernelRelease ?? "",
            BootId = host.BootId ?? "",
            AgentVersion = AgentVersion.Text,
            Counts = NetworkSummary.Counts(view),
            Waiting = view.Waiting is { } waiting ? PolicyMapping.ToWire(waiting) : null,
            Time = now.ToTimestamp(),
        };
        foreach (var policy in view.Policies) node.Policies.Add(Summary(policy));
        foreach (var problem in view.Problems) node.Problems.Add(new V1.Problem { Object = problem.Object ?? "", Message = problem.Message });
        node.Bridges.Add(NetworkSummary.Bridges(view));
        node.Bonds.Add(NetworkSummary.Bonds(view));
        return node;
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
