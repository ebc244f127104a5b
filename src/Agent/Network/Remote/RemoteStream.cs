using Grpc.Core;

namespace NodeAgent.Network.Remote;

/// <summary>Follows a watch until cancelled; an agent that is restarted or upgraded is asked again from where the stream broke.</summary>
internal static class RemoteStream
{
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <param name="calls">The agent's.</param>
    /// <param name="clock">The clock of patience.</param>
    /// <param name="known">Epoch and version of what has been taken in; zeros: nothing.</param>
    /// <param name="open">Begins a stream from there.</param>
    /// <param name="onMessage">Takes each message.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="onLost">Is told that the stream broke and is tried again, at each try.</param>
    /// <exception cref="DaemonException">The agent does not serve the watch, or stays away.</exception>
    public static async Task FollowAsync<T>(
        RemoteCalls calls, TimeProvider clock, Func<(long Epoch, long Version)> known, Func<long, long, AsyncServerStreamingCall<T>> open, Action<T> onMessage, CancellationToken cancellation, Action? onLost = null)
    {
        var lost = clock.GetTimestamp();
        while (true)
        {
            try
            {
                var (epoch, version) = known();
                using var call = open(epoch, version);
                while (await call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false))
                {
                    lost = clock.GetTimestamp();
                    onMessage(call.ResponseStream.Current);
                }
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException && cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException e) when (e.StatusCode != StatusCode.Unavailable || known().Epoch == 0 || clock.GetElapsedTime(lost) > s_patience)
            {
                throw calls.Error(e);
            }
            catch (RpcException)
            {
            }

            if (!cancellation.IsCancellationRequested) onLost?.Invoke();
            await Task.Delay(s_betweenTries, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested) return;
        }
    }
}
