using Grpc.Core;
using NodeAgent.Network.Drift;

namespace NodeAgent.Network.Remote;

/// <summary>Follows an agent's links; an agent that is restarted or upgraded is asked again from where the stream broke.</summary>
internal sealed class RemoteWatch(RemoteCalls calls, TimeProvider clock)
{
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly WatchedLinks _links = new();

    /// <summary>Ends when cancelled.</summary>
    /// <exception cref="DaemonException">The agent does not serve the watch, or stays away.</exception>
    public async Task Run(Action<NetworkChange> onChange, CancellationToken cancellation)
    {
        var lost = clock.GetTimestamp();
        while (true)
        {
            try
            {
                using var call = calls.Network.WatchLinks(new Api.V1.WatchLinksRequest { ResumeEpoch = _links.Epoch, ResumeVersion = _links.Version }, cancellationToken: cancellation);
                while (await call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false))
                {
                    lost = clock.GetTimestamp();
                    if (_links.Take(call.ResponseStream.Current) is { } change) onChange(change);
                }
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException && cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException e) when (e.StatusCode != StatusCode.Unavailable || !_links.Started || clock.GetElapsedTime(lost) > s_patience)
            {
                throw calls.Error(e);
            }
            catch (RpcException)
            {
            }

            await Task.Delay(s_betweenTries, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested) return;
        }
    }
}
