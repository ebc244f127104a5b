using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>The status that a service's exception becomes.</summary>
internal static class CallStatus
{
    public static Status Overdue { get; } = new(StatusCode.DeadlineExceeded, "The deadline passed.");

    public static Status Of(HttpServerCallContext call, Exception exception, bool detailed) => exception switch
    {
        RpcException rpc => rpc.Status,
        _ when call.IsOverdue => Overdue,
        _ when call.IsAborted => Status.DefaultCancelled,
        BadHttpRequestException bad => new Status(StatusCode.Internal, $"The request is malformed: {bad.Message}"),
        IOException => Status.DefaultCancelled,
        _ when detailed => new Status(StatusCode.Unknown, $"Exception was thrown by handler. {exception.GetType().Name}: {exception.Message}"),
        _ => new Status(StatusCode.Unknown, "Exception was thrown by handler."),
    };

    /// <summary>Whether the service itself is to blame.</summary>
    public static bool IsFault(HttpServerCallContext call, Exception exception) =>
        exception is not RpcException && !call.IsOverdue && !call.IsAborted && exception is not IOException;
}
