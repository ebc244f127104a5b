using Grpc.Core;
using NodeAgent.Api.V1;

namespace NodeAgent.Bench.Watch;

/// <summary>A client that asks to follow the links, takes the first message and then nothing.</summary>
internal sealed class StalledWatcher : IDisposable
{
    private readonly Client _client;
    private readonly AsyncServerStreamingCall<WatchLinksResponse> _call;

    public StalledWatcher(string socket)
    {
        _client = new Client(socket);
        _call = _client.Network.WatchLinks(new WatchLinksRequest());
        if (!_call.ResponseStream.MoveNext(CancellationToken.None).GetAwaiter().GetResult() || !_call.ResponseStream.Current.More)
            throw new InvalidOperationException("The first state came in one message: nothing is held back.");
    }

    public void Dispose()
    {
        _call.Dispose();
        _client.Dispose();
    }
}
