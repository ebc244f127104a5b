using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The responses of a call.</summary>
internal sealed class CallResponseReader<TRequest, TResponse>(ClientCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private TResponse? _current;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no current message: call MoveNext first, and Current while that gives true.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        using var cancel = cancellationToken.UnsafeRegister(
            static call => ((ClientCall<TRequest, TResponse>)call!).End(CallRequest.CancelledByCaller), call);
        var reader = await call.Response.ConfigureAwait(false);
        try
        {
            _current = null;
            if (reader is not null && await reader.ReadAsync(call.Ended).ConfigureAwait(false))
            {
                _current = reader.Current;
                return true;
            }
        }
        catch (Exception e)
        {
            throw call.Fail(e);
        }

        call.ReadStatus();
        return false;
    }

    /// <summary>The one response of a call that has one.</summary>
    /// <exception cref="RpcException">The call failed, or the server said OK without a message.</exception>
    public async Task<TResponse> ReadOnlyResponseAsync()
    {
        if (await MoveNext(CancellationToken.None).ConfigureAwait(false))
        {
            var response = Current;
            return await MoveNext(CancellationToken.None).ConfigureAwait(false) ? throw call.Fail(WireErrors.MoreThanOne()) : response;
        }

        throw WireErrors.NoMessage();
    }
}
