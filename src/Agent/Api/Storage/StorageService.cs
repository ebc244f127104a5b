using Grpc.Core;
using NodeAgent.Api.Mapping;
using NodeAgent.Api.Watching;
using NodeAgent.Hosting.Access;
using NodeAgent.Storage.Store;

namespace NodeAgent.Api.Storage;

/// <summary>The storage of the node over gRPC: storage.proto says what each call does. It asks neither kernel nor multipathd, and changes nothing but what is expected of maps.</summary>
public sealed class StorageService(StorageStore store, Watches watches, TimeProvider clock) : V1.StorageService.StorageServiceBase
{
    public override Task<V1.ListStorageResponse> ListStorage(V1.ListStorageRequest request, ServerCallContext context) =>
        Task.FromResult(StorageList.Of(Read(), request.Maps, clock.GetUtcNow()));

    public override Task WatchStorage(V1.WatchStorageRequest request, IServerStreamWriter<V1.WatchStorageResponse> responseStream, ServerCallContext context) =>
        watches.StorageAsync(request, responseStream, context);

    public override Task<V1.AcceptPathsResponse> AcceptPaths(V1.AcceptPathsRequest request, ServerCallContext context)
    {
        var state = Read();
        if (request.Map.Length == 0) throw StatusDetails.BadField("map", "is empty; expected the name or WWID of a multipath map, as ListStorage tells them");
        var note = context.GetHttpContext().Features.Get<ICallNote>();
        if (note is not null) note.Note = $"map {request.Map}";
        var came = store.Accept(request.Map) ?? throw new RpcException(new Status(StatusCode.NotFound, $"there is no multipath map {request.Map} on this node{StorageList.Known([.. state.Maps.Keys], state.Source!.Reason)}"));
        if (came.Refusal is { } refusal) throw new RpcException(new Status(StatusCode.FailedPrecondition, refusal));
        var (map, verdict) = (came.Map.Map, came.Map.Verdict);
        if (note is not null) note.Note = $"map {map.Name} ({map.Wwid}), expected paths {came.FormerBest} -> {verdict.BestUsablePaths}";
        return Task.FromResult(new V1.AcceptPathsResponse { Map = StorageMapping.ToWire(came.Map), FormerBestUsablePaths = came.FormerBest });
    }

    private StorageState Read() => store.Current is { Source: not null } state ? state
        : throw new RpcException(new Status(StatusCode.Unavailable, "the agent starts and has not read the node's storage yet: call again in a second"));
}
