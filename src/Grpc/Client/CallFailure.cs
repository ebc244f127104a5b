using System.Net;
using System.Net.Sockets;
using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>The status of a call that HTTP, or what is below it, ended.</summary>
internal static class CallFailure
{
    private const long NoError = 0;
    private const long RefusedStream = 7;
    private const long Cancel = 8;
    private const long EnhanceYourCalm = 11;
    private const long InadequateSecurity = 12;

    /// <summary>https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md</summary>
    public static StatusCode OfHttp(HttpStatusCode http) => (int)http switch
    {
        400 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    public static Status Of(Exception exception, string target)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RpcException rpc:
                    return rpc.Status;
                case HttpProtocolException reset:
                    return new Status(OfStreamError(reset.ErrorCode), $"The call to {target} was ended by HTTP/2: {reset.Message}", exception);
                case SocketException socket:
                    return new Status(StatusCode.Unavailable, $"No connection to {target}: {socket.Message}", exception);
            }
        }

        // A call that this side cancels has its status already: what is cancelled here is the rest of a request that the server cut short.
        return exception is HttpRequestException or IOException or ObjectDisposedException or OperationCanceledException
            ? new Status(StatusCode.Unavailable, $"The connection to {target} failed: {Words(exception)}", exception)
            : new Status(StatusCode.Internal, $"The call to {target} failed: {Words(exception)}", exception);
    }

    /// <summary>
    /// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#errors, but for NO_ERROR: that is a server which shuts down
    /// and closes its connections.
    /// </summary>
    private static StatusCode OfStreamError(long code) => code switch
    {
        NoError or RefusedStream => StatusCode.Unavailable,
        Cancel => StatusCode.Cancelled,
        EnhanceYourCalm => StatusCode.ResourceExhausted,
        InadequateSecurity => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    private static string Words(Exception exception) =>
        exception.InnerException is { } inner && inner.Message != exception.Message ? $"{exception.Message} ({Words(inner)})" : exception.Message;
}
