using Grpc.Core;
using Grpc.Health.V1;
using NodeAgent.Api.Watching;
using NodeAgent.Node;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace NodeAgent.Api.Health;

/// <summary>gRPC's health checks over what the daemon says of its parts.</summary>
public sealed class HealthService(HealthTable table, Watches watches) : Grpc.Health.V1.Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) => table.Of(request.Service) is { } status
        ? Task.FromResult(new HealthCheckResponse { Status = status })
        : throw new RpcException(new Status(StatusCode.NotFound, $"there is no service {request.Service} here; List names those there are"));

    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        var response = new HealthListResponse();
        foreach (var service in HealthTable.Services) response.Statuses[service] = new HealthCheckResponse { Status = table.Of(service) ?? Serving.Unknown };
        return Task.FromResult(response);
    }

    public override Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context) =>
        watches.UntilEndAsync(end => FollowAsync(request.Service, responseStream, end), context);

    private async Task FollowAsync(string service, IServerStreamWriter<HealthCheckResponse> stream, CancellationToken end)
    {
        var changed = new Pulse();
        using var stop = end.UnsafeRegister(static pulse => ((Pulse)pulse!).Set(), changed);
        table.Changed += changed.Set;
        try
        {
            Serving? told = null;
            while (true)
            {
                end.ThrowIfCancellationRequested();
                var status = table.Of(service) ?? Serving.ServiceUnknown;
                if (status != told) await stream.WriteAsync(new HealthCheckResponse { Status = status }, end).ConfigureAwait(false);
                told = status;
                await changed.WaitAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            table.Changed -= changed.Set;
        }
    }
}
