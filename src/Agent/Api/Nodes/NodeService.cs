using Grpc.Core;
using NodeAgent.Api.Mapping;
using NodeAgent.Api.Watching;
using NodeAgent.Kvm;
using NodeAgent.Verdicts;

namespace NodeAgent.Api.Nodes;

/// <summary>The node as a whole over gRPC: node.proto says what each call does.</summary>
public sealed class NodeService(NodeView node, VerdictBoard verdicts, VerdictLog log, Watches watches, KvmBoard kvm) : V1.NodeService.NodeServiceBase
{
    public override Task<V1.GetNodeResponse> GetNode(V1.GetNodeRequest request, ServerCallContext context) => node.IsReady
        ? Task.FromResult(new V1.GetNodeResponse { Node = node.Build() })
        : throw new RpcException(new Status(StatusCode.Unavailable, "the agent starts and has not listed the node's links yet: call again in a second"));

    public override Task WatchNode(V1.WatchNodeRequest request, IServerStreamWriter<V1.WatchNodeResponse> responseStream, ServerCallContext context) =>
        watches.NodeAsync(request, responseStream, context);

    public override Task<V1.GetKvmResponse> GetKvm(V1.GetKvmRequest request, ServerCallContext context) => kvm.Current is { } report
        ? Task.FromResult(new V1.GetKvmResponse { Kvm = KvmMapping.ToWire(report) })
        : throw new RpcException(new Status(StatusCode.Unavailable, "the agent starts and has not checked KVM yet: call again in a second"));

    public override Task<V1.ListVerdictsResponse> ListVerdicts(V1.ListVerdictsRequest request, ServerCallContext context)
    {
        CheckKinds(request.Kinds);
        var response = new V1.ListVerdictsResponse();
        foreach (var standing in verdicts.Standing)
        {
            if (IsAsked(request.Kinds, standing.Verdict.Kind)) response.Verdicts.Add(VerdictMapping.ToWire(standing));
        }

        return Task.FromResult(response);
    }

    public override Task<V1.ListVerdictChangesResponse> ListVerdictChanges(V1.ListVerdictChangesRequest request, ServerCallContext context)
    {
        CheckKinds(request.Kinds);
        if (request.Limit < 0) throw StatusDetails.BadField("limit", $"is {request.Limit}; expected 1 or more, or 0 for all");
        var changes = log.Newest().Where(c => IsAsked(request.Kinds, c.Kind) && IsAsked(request.Objects, c.Object));
        return Task.FromResult(new V1.ListVerdictChangesResponse { Changes = { changes.TakeLast(request.Limit == 0 ? int.MaxValue : request.Limit).Select(VerdictMapping.ToWire) } });
    }

    private static void CheckKinds(IEnumerable<string> kinds)
    {
        foreach (var kind in kinds)
        {
            if (!VerdictKind.All.Contains(kind)) throw StatusDetails.BadField("kinds", $"has '{kind}'; expected {string.Join(", ", VerdictKind.All)}");
        }
    }

    private static bool IsAsked(IReadOnlyCollection<string> asked, string name) => asked.Count == 0 || asked.Contains(name);
}
