using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

public static class ServerCallContextExtensions
{
    /// <summary>A test sets this key of <see cref="ServerCallContext.UserState"/> to give a context of its own an HttpContext.</summary>
    internal const string HttpContextKey = "__HttpContext";

    /// <exception cref="InvalidOperationException">The context is not that of a served call.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        if (serverCallContext is HttpServerCallContext served)
            return served.Http;
        return serverCallContext.UserState.TryGetValue(HttpContextKey, out var value) && value is HttpContext http
            ? http
            : throw new InvalidOperationException("This call has no HttpContext: its context was not made by the server.");
    }
}
