using Grpc.Core;
using NodeAgent.Api.Mapping;
using NodeAgent.Network.Applying;

namespace NodeAgent.Network.Remote;

/// <summary>Follows one change of an agent to its end; cancelled, it tells the agent to end it and waits for how that ended.</summary>
internal sealed class RemoteChange(RemoteCalls calls, TimeProvider clock)
{
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(50);

    /// <summary>What the agent knows it by.</summary>
    public string RequestId { get; } = Guid.NewGuid().ToString("N");

    /// <param name="call">The stream.</param>
    /// <param name="open">Which of the two a message holds.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Rolls it back.</param>
    /// <exception cref="DaemonException">It was not tried.</exception>
    public ApplyResult Follow<T>(AsyncServerStreamingCall<T> call, Func<T, (Api.V1.ChangeProgress? Progress, Api.V1.ChangeResult? Result)> open, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
    {
        using var ended = new CancellationTokenSource();
        using var told = cancellation.Register(() => _ = End(call, ended.Token));
        var begun = false;
        try
        {
            while (call.ResponseStream.MoveNext(CancellationToken.None).GetAwaiter().GetResult())
            {
                begun = true;
                var (step, result) = open(call.ResponseStream.Current);
                if (result is not null) return ChangeMapping.FromWire(result);
                if (step is not null) progress?.Report(ChangeMapping.FromWire(step));
            }

            throw new DaemonException($"the agent at {calls.Path} ended the call without a result");
        }
        catch (RpcException e)
        {
            return Result(e, begun, cancellation.IsCancellationRequested);
        }
        finally
        {
            ended.Cancel();
            call.Dispose();
        }
    }

    private ApplyResult Result(RpcException error, bool begun, bool interrupted)
    {
        switch (error.StatusCode)
        {
            case StatusCode.InvalidArgument:
                var errors = RemoteErrors.Of(error);
                return new ApplyResult { Outcome = ApplyOutcome.Invalid, Message = errors[0].ToString(), Errors = errors };
            case StatusCode.FailedPrecondition:
                return new ApplyResult { Outcome = ApplyOutcome.Failed, Message = error.Status.Detail, IsBusy = true };
            case StatusCode.Cancelled when interrupted && !begun:
                return new ApplyResult { Outcome = ApplyOutcome.RolledBack, Message = "it was interrupted before it began, nothing was changed", Causes = ["it was interrupted before it began"] };
            default:
                if (!begun) throw calls.Error(error);
                return new ApplyResult
                {
                    Outcome = ApplyOutcome.Failed,
                    Message = $"{calls.Error(error).Message}; what was begun is rolled back, by the agent or at its next start: nodeagent net show tells how it stands",
                };
        }
    }

    // The request may not have come to the agent yet. An agent that never knows it is told by the end of the stream.
    private async Task End<T>(AsyncServerStreamingCall<T> call, CancellationToken ended)
    {
        try
        {
            for (var tries = 0; tries < 100; tries++)
            {
                var reply = await calls.Network.CancelChangeAsync(new Api.V1.CancelChangeRequest { RequestId = RequestId }, deadline: RemoteCalls.Deadline(clock), cancellationToken: ended).ConfigureAwait(false);
                if (reply.Found) return;
                await Task.Delay(s_betweenTries, clock, ended).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
        }

        if (!ended.IsCancellationRequested) call.Dispose();
    }
}
