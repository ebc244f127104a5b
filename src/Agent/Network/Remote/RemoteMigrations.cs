using Grpc.Core;
using Client = NodeAgent.Api.V1.MigrationService.MigrationServiceClient;

namespace NodeAgent.Network.Remote;

/// <summary>Guests and their migrations as an agent sees them.</summary>
internal static class RemoteMigrations
{
    /// <summary>One call's answer; null where nobody serves the socket.</summary>
    /// <param name="socket">The agent's.</param>
    /// <param name="clock">The clock of patience.</param>
    /// <param name="call">Makes the call, with this deadline.</param>
    /// <exception cref="DaemonException">Somebody serves it, and does not answer this user, or says that it cannot.</exception>
    public static T? TryAsk<T>(string socket, TimeProvider clock, Func<Client, DateTime, AsyncUnaryCall<T>> call)
        where T : class
    {
        if (DaemonSocket.TryConnect(socket) is not { } connected) return null;
        using var calls = new RemoteCalls(socket, connected);
        return calls.Answer(call(new Client(calls.Channel), RemoteCalls.Deadline(clock)));
    }

    /// <summary>Follows migrations until cancelled; an agent that is restarted or upgraded is asked again from where the stream broke. False where nobody serves the socket.</summary>
    /// <param name="socket">The agent's.</param>
    /// <param name="clock">The clock of patience.</param>
    /// <param name="known">Epoch and version of what has been taken in, as of the last message without <c>more</c>; zeros: nothing.</param>
    /// <param name="onMessage">Takes each message.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DaemonException">The agent does not serve the watch, or stays away.</exception>
    public static bool TryWatch(string socket, TimeProvider clock, Func<(long Epoch, long Version)> known, Action<Api.V1.WatchMigrationsResponse> onMessage, CancellationToken cancellation)
    {
        if (DaemonSocket.TryConnect(socket) is not { } connected) return false;
        using var calls = new RemoteCalls(socket, connected);
        var client = new Client(calls.Channel);
        RemoteStream.FollowAsync(
            calls, clock, known, (epoch, version) => client.WatchMigrations(new Api.V1.WatchMigrationsRequest { ResumeEpoch = epoch, ResumeVersion = version }, cancellationToken: cancellation),
            onMessage, cancellation).GetAwaiter().GetResult();
        return true;
    }
}
