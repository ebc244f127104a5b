using Grpc.Core;
using Microsoft.Extensions.Logging;
using NodeAgent.Api.Mapping;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Api;

/// <summary>From what can go wrong in a call to the status that gRPC has for it.</summary>
internal static class CallErrors
{
    public static async Task<T> Translate<T>(Task<T> call, ServerCallContext context, ILogger log)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Status(e, context, log);
        }
    }

    private static RpcException Status(Exception error, ServerCallContext context, ILogger log)
    {
        switch (error)
        {
            case EngineBusyException { Waiting: { } waiting }:
                return StatusDetails.Error(StatusCode.FailedPrecondition, error.Message, PolicyMapping.ToWire(waiting));
            case EngineBusyException:
                return new RpcException(new Status(StatusCode.FailedPrecondition, error.Message));
            case OperationCanceledException:
                return new RpcException(new Status(StatusCode.Cancelled, "the call was cancelled before it came to anything"));
            case ObjectDisposedException:
                return new RpcException(new Status(StatusCode.Unavailable, "the agent stops: call again in a few seconds"));
            case NetlinkException or IOException or UnauthorizedAccessException:
                return new RpcException(new Status(StatusCode.Unavailable, error.Message));
            default:
                log.Defect(context.Method, error);
                return new RpcException(new Status(StatusCode.Internal, $"a defect of the agent, its log has more: {error.Message}"));
        }
    }
}
