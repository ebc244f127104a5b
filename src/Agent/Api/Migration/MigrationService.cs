using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodeAgent.Api.Mapping;
using NodeAgent.Api.Watching;
using NodeAgent.Migration.Drain;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Migration;

/// <summary>Guests and their migrations over gRPC: migration.proto says what each call does. Only a measurement makes anybody do something.</summary>
/// <param name="board">What is known; null where the configuration says that nobody looks.</param>
/// <param name="meter">Measures dirty rates.</param>
/// <param name="questions">Makes the questions of forecasts.</param>
/// <param name="watches">Runs the streams.</param>
/// <param name="clock">The node's clock.</param>
/// <param name="server">Says when it stops.</param>
/// <param name="log">Takes defects.</param>
[BindServiceMethod(typeof(SharedEncoding), nameof(SharedEncoding.BindMigrations))]
public sealed class MigrationService(IMigrationBoard? board, IDirtyRateMeter meter, DrainQuestions questions, Watches watches, TimeProvider clock, IHostApplicationLifetime server, ILogger log) : V1.MigrationService.MigrationServiceBase
{
    public override Task<V1.ListGuestsResponse> ListGuests(V1.ListGuestsRequest request, ServerCallContext context) =>
        Task.FromResult(MigrationList.Guests(Looked()));

    public override Task<V1.ListMigrationsResponse> ListMigrations(V1.ListMigrationsRequest request, ServerCallContext context) =>
        Task.FromResult(MigrationList.Migrations(Looked(), clock.GetUtcNow()));

    public override Task WatchMigrations(V1.WatchMigrationsRequest request, IServerStreamWriter<V1.WatchMigrationsResponse> responseStream, ServerCallContext context)
    {
        Board();
        return watches.MigrationsAsync(request, responseStream, context);
    }

    public override Task<V1.ListMigrationHistoryResponse> ListMigrationHistory(V1.ListMigrationHistoryRequest request, ServerCallContext context) =>
        Task.FromResult(MigrationList.History(Looked(), request.GuestUuid.Length == 0 ? null : request.GuestUuid, request.AfterId.Length == 0 ? null : request.AfterId, MigrationRequests.Limit(request.Limit)));

    public override Task<V1.GetMigrationForecastResponse> GetMigrationForecast(V1.GetMigrationForecastRequest request, ServerCallContext context)
    {
        var looked = Looked();
        var (guest, downtime) = (MigrationRequests.Guest(looked, request.GuestUuid), MigrationRequests.DowntimeLimit(request.DowntimeLimit));
        var question = questions.Of(looked, [guest], request.BandwidthBytesPerSecond, downtime) with { Parallel = 1 };
        return Task.FromResult(MigrationDrainMapping.One(DrainForecaster.Of(question)));
    }

    public override Task<V1.GetDrainForecastResponse> GetDrainForecast(V1.GetDrainForecastRequest request, ServerCallContext context)
    {
        var looked = Looked();
        var (parallel, downtime) = (MigrationRequests.Parallel(request.Parallel), MigrationRequests.DowntimeLimit(request.DowntimeLimit));
        var question = questions.Of(looked, looked.Guests, request.BandwidthBytesPerSecond, downtime) with { Parallel = parallel };
        return Task.FromResult(MigrationDrainMapping.ToWire(DrainForecaster.Of(question)));
    }

    public override async Task<V1.MeasureDirtyRateResponse> MeasureDirtyRate(V1.MeasureDirtyRateRequest request, ServerCallContext context)
    {
        var looked = Looked();
        var (mode, period) = (MigrationRequests.Mode(request.Method), MigrationRequests.Period(request.Period));
        var guest = MigrationRequests.Guest(looked, request.GuestUuid);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, server.ApplicationStopping);
        try
        {
            var rate = await meter.MeasureAsync(guest.Guest.Uuid, mode, period, end.Token).ConfigureAwait(false);
            return new V1.MeasureDirtyRateResponse { DirtyRate = MigrationGuestMapping.ToWire(rate) };
        }
        catch (OperationCanceledException) when (server.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the agent stops: measure again in a few seconds"));
        }
        catch (Exception e) when (e is not (RpcException or OperationCanceledException))
        {
            throw MeasurementErrors.Status(e, looked, guest.Guest.Uuid, context, log);
        }
    }

    private IMigrationBoard Board() => board ?? throw new RpcException(new Status(StatusCode.FailedPrecondition, "guests are not looked at here: migration.enabled is false in the agent's configuration"));

    private IMigrationBoard Looked() => Board() is { IsReady: true } ready ? ready
        : throw new RpcException(new Status(StatusCode.Unavailable, "the agent starts and has not looked over the node's guests yet: call again in a second"));
}
