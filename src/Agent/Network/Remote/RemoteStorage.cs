using Grpc.Core;

namespace NodeAgent.Network.Remote;

/// <summary>Storage as an agent sees it.</summary>
internal static class RemoteStorage
{
    /// <summary>All of it; null where nobody serves the socket.</summary>
    /// <exception cref="DaemonException">Somebody does, and does not answer this user.</exception>
    public static Api.V1.ListStorageResponse? TryList(string socket, TimeProvider clock)
    {
        if (DaemonSocket.TryConnect(socket) is not { } connected) return null;
        using var calls = new RemoteCalls(socket, connected);
        var client = new Api.V1.StorageService.StorageServiceClient(calls.Channel);
        return calls.Answer(client.ListStorageAsync(new Api.V1.ListStorageRequest(), deadline: RemoteCalls.Deadline(clock)));
    }

    /// <summary>Has the paths of maps accepted as they are; null where nobody serves the socket.</summary>
    /// <param name="socket">The agent's.</param>
    /// <param name="clock">The clock of patience.</param>
    /// <param name="maps">Names or WWIDs; one that is refused does not stop the others.</param>
    /// <param name="errors">Takes why some were not accepted.</param>
    /// <exception cref="DaemonException">The agent does not answer this user.</exception>
    public static List<Api.V1.AcceptPathsResponse>? TryAccept(string socket, TimeProvider clock, IReadOnlyList<string> maps, List<string> errors)
    {
        if (DaemonSocket.TryConnect(socket) is not { } connected) return null;
        using var calls = new RemoteCalls(socket, connected);
        var client = new Api.V1.StorageService.StorageServiceClient(calls.Channel);
        var accepted = new List<Api.V1.AcceptPathsResponse>();
        foreach (var map in maps)
        {
            try
            {
                accepted.Add(calls.Answer(client.AcceptPathsAsync(new Api.V1.AcceptPathsRequest { Map = map }, deadline: RemoteCalls.Deadline(clock))));
            }
            catch (DaemonException e) when (e.InnerException is RpcException { StatusCode: StatusCode.NotFound or StatusCode.FailedPrecondition } refused)
            {
                errors.Add(refused.Status.Detail);
            }
        }

        return accepted;
    }

    /// <summary>Follows it until cancelled; an agent that is restarted or upgraded is asked again from where the stream broke. False where nobody serves the socket.</summary>
    /// <param name="socket">The agent's.</param>
    /// <param name="clock">The clock of patience.</param>
    /// <param name="known">Epoch and version of what has been taken in; zeros: nothing.</param>
    /// <param name="onMessage">Takes each message.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DaemonException">The agent does not serve the watch, or stays away.</exception>
    public static bool TryWatch(string socket, TimeProvider clock, Func<(long Epoch, long Version)> known, Action<Api.V1.WatchStorageResponse> onMessage, CancellationToken cancellation)
    {
        if (DaemonSocket.TryConnect(socket) is not { } connected) return false;
        using var calls = new RemoteCalls(socket, connected);
        var client = new Api.V1.StorageService.StorageServiceClient(calls.Channel);
        RemoteStream.FollowAsync(
            calls, clock, known, (epoch, version) => client.WatchStorage(new Api.V1.WatchStorageRequest { ResumeEpoch = epoch, ResumeVersion = version }, cancellationToken: cancellation),
            onMessage, cancellation).GetAwaiter().GetResult();
        return true;
    }
}
