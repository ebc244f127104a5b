using Grpc.Core;
using NodeAgent.Api.Watching;
using NodeAgent.Storage.Store;

namespace NodeAgent.Api.Storage;

/// <summary>The storage of the node over gRPC: storage.proto says what each call does. It asks neither kernel nor multipathd.</summary>
public sealed class StorageService(StorageStore store, Watches watches, TimeProvider clock) : V1.StorageService.StorageServiceBase
{
    public override Task<V1.ListStorageResponse> ListStorage(V1.ListStorageRequest request, ServerCallContext context)
    {
        var state = store.Current;
        if (state.Source is null) throw new RpcException(new Status(StatusCode.Unavailable, "the agent starts and has not read the node's storage yet: call again in a second"));
        return Task.FromResult(StorageList.Of(state, request.Maps, clock.GetUtcNow()));
    }

    public override Task WatchStorage(V1.WatchStorageRequest request, IServerStreamWriter<V1.WatchStorageResponse> responseStream, ServerCallContext context) =>
        watches.StorageAsync(request, responseStream, context);
}
