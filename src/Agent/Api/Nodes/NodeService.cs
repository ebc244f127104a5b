using Grpc.Core;
using NodeAgent.Api.Mapping;
using NodeAgent.Api.Watching;
using NodeAgent.Kvm;

namespace NodeAgent.Api.Nodes;

/// <summary>The node as a whole over gRPC: node.proto says what each call does.</summary>
public sealed class NodeService(NodeView node, Watches watches, KvmBoard kvm) : V1.NodeService.NodeServiceBase
{
    public override Task<V1.GetNodeResponse> GetNode(V1.GetNodeRequest request, ServerCallContext context) => node.IsReady
        ? Task.FromResult(new V1.GetNodeResponse { Node = node.Build() })
        : throw new RpcException(new Status(StatusCode.Unavailable, "the agent starts and has not listed the node's links yet: call again in a second"));

    public override Task WatchNode(V1.WatchNodeRequest request, IServerStreamWriter<V1.WatchNodeResponse> responseStream, ServerCallContext context) =>
        watches.NodeAsync(request, responseStream, context);

    public override Task<V1.GetKvmResponse> GetKvm(V1.GetKvmRequest request, ServerCallContext context) => kvm.Current is { } report
        ? Task.FromResult(new V1.GetKvmResponse { Kvm = KvmMapping.ToWire(report) })
        : throw new RpcException(new Status(StatusCode.Unavailable, "the agent starts and has not checked KVM yet: call again in a second"));
}
