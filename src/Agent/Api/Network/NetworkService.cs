using Grpc.Core;
using Microsoft.Extensions.Logging;
using NodeAgent.Api.Mapping;
using NodeAgent.Api.Watching;
using NodeAgent.Network;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Health;

namespace NodeAgent.Api.Network;

/// <summary>The network of the node over gRPC: network.proto says what each call does and which status it ends with.</summary>
public sealed class NetworkService(EngineWorkers engines, RunningChanges running, Watches watches, IReadOnlyList<IDaemonObserver> observers, ILogger log) : V1.NetworkService.NetworkServiceBase
{
    private readonly ChangeRunner _changes = new(engines, running, observers, log);

    public override Task<V1.ListLinksResponse> ListLinks(V1.ListLinksRequest request, ServerCallContext context) => Read(context, engine =>
    {
        var snapshot = engine.Observe();
        var names = request.Names.Count > 0 ? request.Names.Distinct() : snapshot.Links.Keys;
        var response = new V1.ListLinksResponse();
        foreach (var name in names)
        {
            if (snapshot.Find(name) is { } link) response.Links.Add(LinkMapping.ToWire(link, snapshot.Routes.OfDevice(name)));
        }

        return response;
    });

    public override Task<V1.GetNetworkStateResponse> GetNetworkState(V1.GetNetworkStateRequest request, ServerCallContext context) =>
        Read(context, static engine => StateMapping.ToWire(engine.State()));

    public override Task<V1.ListPoliciesResponse> ListPolicies(V1.ListPoliciesRequest request, ServerCallContext context) => Read(context, static engine =>
    {
        var response = new V1.ListPoliciesResponse();
        foreach (var policy in engine.Policies()) response.Policies.Add(PolicyMapping.ToWire(policy));
        return response;
    });

    public override Task<V1.ListControlPathsResponse> ListControlPaths(V1.ListControlPathsRequest request, ServerCallContext context)
    {
        var callers = CallerPaths.Of(context, request.SshConnection);
        return Read(context, engine =>
        {
            var response = new V1.ListControlPathsResponse();
            foreach (var path in engine.ForCaller(callers).ControlPaths()) response.Paths.Add(ControlPathMapping.ToWire(path));
            return response;
        });
    }

    public override Task<V1.ListFreeMacAddressesResponse> ListFreeMacAddresses(V1.ListFreeMacAddressesRequest request, ServerCallContext context)
    {
        if (request.Count is < 0 or > MacGenerator.Most) throw StatusDetails.BadField("count", $"is {request.Count}; expected 1 to {MacGenerator.Most}");
        if (request.HasFirstByte && !MacGenerator.Prefixes.Any(p => p == request.FirstByte))
            throw StatusDetails.BadField("first_byte", $"is {request.FirstByte}; expected 2, 6, 10 or 14");
        return Read(context, engine => new V1.ListFreeMacAddressesResponse { MacAddresses = { engine.FreeMacs(Math.Max(request.Count, 1), request.HasFirstByte ? (byte)request.FirstByte : null) } });
    }

    public override Task WatchLinks(V1.WatchLinksRequest request, IServerStreamWriter<V1.WatchLinksResponse> responseStream, ServerCallContext context) =>
        watches.LinksAsync(request, responseStream, context);

    public override Task<V1.PlanResponse> Plan(V1.PlanRequest request, ServerCallContext context)
    {
        var document = DocumentRequest.Read(request.Document);
        var callers = CallerPaths.Of(context, request.SshConnection);
        return Read(context, engine =>
        {
            var result = engine.ForCaller(callers).Plan(document, request.AllowDisrupt.ToHashSet());
            return result.Errors.Count == 0 ? new V1.PlanResponse { Plan = PlanMapping.ToWire(result.Plan) } : throw InvalidDocuments.Status(result.Errors);
        });
    }

    public override async Task Apply(V1.ApplyRequest request, IServerStreamWriter<V1.ApplyResponse> responseStream, ServerCallContext context)
    {
        var apply = ApplyRequests.Read(request);
        var callers = CallerPaths.Of(context, request.SshConnection);
        var result = request.DryRun
            ? await Read(context, engine => ApplyRequests.DryRun(engine.ForCaller(callers), apply)).ConfigureAwait(false)
            : await Change(
                new Change("apply", apply.Document.Name, request.RequestId, callers, (engine, progress, stop) => engine.Apply(apply, progress, stop)),
                progress => responseStream.WriteAsync(new V1.ApplyResponse { Progress = progress }),
                context).ConfigureAwait(false);
        await responseStream.WriteAsync(new V1.ApplyResponse { Result = result }).ConfigureAwait(false);
    }

    public override async Task<V1.ConfirmResponse> Confirm(V1.ConfirmRequest request, ServerCallContext context)
    {
        var reply = await CallErrors.Translate(engines.Answer(engine => engine.Confirm(NullIfEmpty(request.Transaction)), context.CancellationToken), context, log).ConfigureAwait(false);
        return reply.Done ? new V1.ConfirmResponse { Message = reply.Message } : throw new RpcException(new Status(StatusCode.FailedPrecondition, reply.Message));
    }

    public override async Task Rollback(V1.RollbackRequest request, IServerStreamWriter<V1.RollbackResponse> responseStream, ServerCallContext context)
    {
        var id = NullIfEmpty(request.Transaction);
        var allow = request.AllowDisrupt.ToHashSet();
        var waiting = await CallErrors.Translate(engines.Waiting(context.CancellationToken), context, log).ConfigureAwait(false);
        var change = new Change("rollback", waiting?.Policy ?? "", request.RequestId, CallerPaths.Of(context, request.SshConnection), (engine, progress, stop) => engine.Rollback(id, allow, progress, stop))
        {
            IsAnswer = waiting is not null && (id is null || id == waiting.Id),
        };
        var result = await Change(change, progress => responseStream.WriteAsync(new V1.RollbackResponse { Progress = progress }), context).ConfigureAwait(false);
        await responseStream.WriteAsync(new V1.RollbackResponse { Result = result }).ConfigureAwait(false);
    }

    public override async Task DeletePolicy(V1.DeletePolicyRequest request, IServerStreamWriter<V1.DeletePolicyResponse> responseStream, ServerCallContext context)
    {
        if (request.Policy.Length == 0) throw StatusDetails.BadField("policy", "is empty; give the policy's name");
        var allow = request.AllowDisrupt.ToHashSet();
        var change = new Change("delete", request.Policy, request.RequestId, CallerPaths.Of(context, request.SshConnection), (engine, progress, stop) => engine.Delete(request.Policy, allow, progress, stop));
        var result = await Change(change, progress => responseStream.WriteAsync(new V1.DeletePolicyResponse { Progress = progress }), context).ConfigureAwait(false);
        await responseStream.WriteAsync(new V1.DeletePolicyResponse { Result = result }).ConfigureAwait(false);
    }

    public override Task<V1.CancelChangeResponse> CancelChange(V1.CancelChangeRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.CancelChangeResponse { Found = running.Cancel(request.RequestId) });

    private Task<T> Read<T>(ServerCallContext context, Func<INetworkEngine, T> work) =>
        CallErrors.Translate(engines.Read(work, context.CancellationToken), context, log);

    private Task<V1.ChangeResult> Change(Change change, Func<V1.ChangeProgress, Task> write, ServerCallContext context) =>
        CallErrors.Translate(_changes.Run(change, write, context), context, log);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
