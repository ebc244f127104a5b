using Grpc.Core;
using Microsoft.Extensions.Hosting;
using NodeAgent.Node;

namespace NodeAgent.Api.Watching;

/// <summary>Runs the watches of one server until their callers or the server end them.</summary>
/// <param name="store">The links.</param>
/// <param name="node">The node as a whole.</param>
/// <param name="storage">The multipath maps.</param>
/// <param name="migrations">Guests' migrations; null where nobody looks at them.</param>
/// <param name="counters">Counts what is merged for slow readers.</param>
/// <param name="clock">The clock of heartbeats.</param>
/// <param name="server">Says when it stops.</param>
public sealed class Watches(NodeStateStore store, NodeView node, StorageView storage, MigrationView? migrations, WatchCounters counters, TimeProvider clock, IHostApplicationLifetime server)
{
    private readonly WatchCounts _links = counters.Of("links");
    private readonly WatchCounts _node = counters.Of("node");
    private readonly WatchCounts _storage = counters.Of("storage");
    private readonly WatchCounts _migrations = counters.Of("migrations");
    private readonly LinkView _allLinks = new(store);

    public Task LinksAsync(V1.WatchLinksRequest request, IServerStreamWriter<V1.WatchLinksResponse> stream, ServerCallContext context)
    {
        var view = request.Names.Count == 0 ? _allLinks : new LinkView(store, request.Names.ToHashSet(StringComparer.Ordinal));
        return RunAsync(view, stream, new WatchStart(request.ResumeEpoch, request.ResumeVersion, WatchStart.HeartbeatOf(request.Heartbeat)), _links, context);
    }

    public Task NodeAsync(V1.WatchNodeRequest request, IServerStreamWriter<V1.WatchNodeResponse> stream, ServerCallContext context) =>
        RunAsync(node, stream, new WatchStart(0, 0, WatchStart.HeartbeatOf(request.Heartbeat)), _node, context);

    public Task StorageAsync(V1.WatchStorageRequest request, IServerStreamWriter<V1.WatchStorageResponse> stream, ServerCallContext context) =>
        RunAsync(storage, stream, new WatchStart(request.ResumeEpoch, request.ResumeVersion, WatchStart.HeartbeatOf(request.Heartbeat)), _storage, context);

    public Task MigrationsAsync(V1.WatchMigrationsRequest request, IServerStreamWriter<V1.WatchMigrationsResponse> stream, ServerCallContext context) =>
        RunAsync(migrations ?? throw new InvalidOperationException("migrations are not looked at"), stream, new WatchStart(request.ResumeEpoch, request.ResumeVersion, WatchStart.HeartbeatOf(request.Heartbeat)), _migrations, context);

    /// <summary>Waits with what only ends with the call or the server; for streams that are no watch of a version.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the server stops. CANCELLED: the caller went.</exception>
    public async Task UntilEndAsync(Func<CancellationToken, Task> work, ServerCallContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, server.ApplicationStopping);
        try
        {
            await work(end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException && end.IsCancellationRequested)
        {
            throw server.ApplicationStopping.IsCancellationRequested
                ? new RpcException(new Status(StatusCode.Unavailable, "the agent stops: call again in a few seconds, with the last epoch and version"))
                : new RpcException(new Status(StatusCode.Cancelled, "the caller ended the watch"));
        }
    }

    private Task RunAsync<TMessage>(IWatchView<TMessage> view, IServerStreamWriter<TMessage> stream, WatchStart start, WatchCounts counts, ServerCallContext context) =>
        UntilEndAsync(new Watch<TMessage>(view, stream.WriteAsync, start, clock, counts).RunAsync, context);
}
