using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>Answers calls of what nobody serves.</summary>
internal static class UnknownMethod
{
    /// <summary>Every path that can be a method's; any other route goes before it.</summary>
    public const string Pattern = "/{service}/{method}";

    public static Task AnswerAsync(HttpContext http)
    {
        if (!HeaderNames.IsGrpc(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (!RequestGate.Admits(http))
            return Task.CompletedTask;
        http.Response.ContentType = HeaderNames.ContentType;
        StatusFields.Write(http.Response.Headers, new Status(StatusCode.Unimplemented, $"There is no method {http.Request.Path} here."));
        return Task.CompletedTask;
    }
}
