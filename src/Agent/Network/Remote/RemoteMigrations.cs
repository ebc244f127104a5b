using Grpc.Core;
using NodeAgent.Api.V1;

namespace NodeAgent.Network.Remote;

/// <summary>Guests and migrations as an agent sees them.</summary>
internal sealed class RemoteMigrations : IDisposable
{
    private readonly RemoteCalls _calls;
    private readonly MigrationService.MigrationServiceClient _client;
    private readonly TimeProvider _clock;

    private RemoteMigrations(RemoteCalls calls, TimeProvider clock)
    {
        _calls = calls;
        _client = new MigrationService.MigrationServiceClient(calls.Channel);
        _clock = clock;
    }

    private DateTime Deadline => RemoteCalls.Deadline(_clock);

    /// <summary>Null where nobody serves the socket.</summary>
    /// <exception cref="DaemonException">Somebody does, and does not let this user in.</exception>
    public static RemoteMigrations? TryConnect(string socket, TimeProvider clock) =>
        DaemonSocket.TryConnect(socket) is { } connected ? new RemoteMigrations(new RemoteCalls(socket, connected), clock) : null;

    public ListMigrationsResponse List() => _calls.Answer(_client.ListMigrationsAsync(new ListMigrationsRequest(), deadline: Deadline));

    public IReadOnlyList<Guest> Guests() => _calls.Answer(_client.ListGuestsAsync(new ListGuestsRequest(), deadline: Deadline)).Guests;

    /// <summary>Newest first, in as many answers as it takes.</summary>
    public IReadOnlyList<Api.V1.Migration> History(string uuid, int limit)
    {
        var all = new List<Api.V1.Migration>();
        while (true)
        {
            var request = new ListMigrationHistoryRequest { GuestUuid = uuid, Limit = limit - all.Count, AfterId = all.Count == 0 ? "" : all[^1].Id };
            var answer = _calls.Answer(_client.ListMigrationHistoryAsync(request, deadline: Deadline));
            all.AddRange(answer.Migrations);
            if (!answer.More || answer.Migrations.Count == 0 || all.Count >= limit) return all;
        }
    }

    public GetDrainForecastResponse Drain(GetDrainForecastRequest request) => _calls.Answer(_client.GetDrainForecastAsync(request, deadline: Deadline));

    public GetMigrationForecastResponse Forecast(GetMigrationForecastRequest request) => _calls.Answer(_client.GetMigrationForecastAsync(request, deadline: Deadline));

    /// <summary>Takes as long as measuring does; cancelled, the answer is not waited for.</summary>
    /// <exception cref="DaemonException">It cannot be measured, or not so, or not now.</exception>
    public async Task<DirtyRate> MeasureAsync(MeasureDirtyRateRequest request, CancellationToken cancellation)
    {
        try
        {
            var deadline = Deadline + request.Period.ToTimeSpan();
            return (await _client.MeasureDirtyRateAsync(request, deadline: deadline, cancellationToken: cancellation).ResponseAsync.ConfigureAwait(false)).DirtyRate;
        }
        catch (RpcException e) when (!cancellation.IsCancellationRequested)
        {
            throw _calls.Error(e);
        }
        catch (RpcException e)
        {
            throw new OperationCanceledException(e.Message, e, cancellation);
        }
    }

    /// <summary>Follows migrations until cancelled; an agent that is restarted or upgraded is asked again from where the stream broke.</summary>
    /// <param name="known">Epoch and version of what has been taken in; zeros: nothing.</param>
    /// <param name="onMessage">Takes each message.</param>
    /// <param name="onLost">Is told that the stream broke, and that it is tried again.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DaemonException">The agent does not serve the watch, or stays away.</exception>
    public Task WatchAsync(Func<(long Epoch, long Version)> known, Action<WatchMigrationsResponse> onMessage, Action onLost, CancellationToken cancellation) => RemoteStream.FollowAsync(
        _calls, _clock, known, (epoch, version) => _client.WatchMigrations(new WatchMigrationsRequest { ResumeEpoch = epoch, ResumeVersion = version }, cancellationToken: cancellation), onMessage, cancellation, onLost);

    public void Dispose() => _calls.Dispose();
}
