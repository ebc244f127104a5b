using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Grpc.AspNetCore.Server;

/// <summary>What an HTTP request has to be before it is a call.</summary>
internal static class RequestGate
{
    /// <summary>Answers what is no call of gRPC by an HTTP status: 426 before HTTP/2, 415 for another content type.</summary>
    public static bool Admits(HttpContext http)
    {
        if (HttpProtocol.IsHttp2(http.Request.Protocol) || HttpProtocol.IsHttp3(http.Request.Protocol))
        {
            if (HeaderNames.IsGrpc(http.Request.ContentType))
                return true;
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            Refuse(http, $"The content type is '{http.Request.ContentType}'; expected {HeaderNames.ContentType}.");
            return false;
        }

        http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
        http.Response.Headers.Upgrade = "h2c";
        http.Response.Headers.Connection = "Upgrade";
        Refuse(http, $"The request came by {http.Request.Protocol}; gRPC needs HTTP/2.");
        return false;
    }

    /// <summary>
    /// Lets requests grow as large as they will, for each message has its own limit, and a stream of them take its time.
    /// A single request has to come at the rate that Kestrel asks for.
    /// </summary>
    public static void LiftBodyLimits(HttpContext http, MethodType type)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (type is MethodType.ClientStreaming or MethodType.DuplexStreaming && http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    /// <summary>The client's timeout; null without one.</summary>
    /// <exception cref="RpcException">It is malformed.</exception>
    public static TimeSpan? Timeout(HttpContext http)
    {
        var header = http.Request.Headers[HeaderNames.Timeout];
        if (header.Count == 0)
            return null;
        return GrpcTimeout.TryParse((string?)header, out var timeout)
            ? timeout
            : throw new RpcException(new Status(StatusCode.Internal, $"The header {HeaderNames.Timeout} is '{header}'; expected one to eight digits and one of H, M, S, m, u, n."));
    }

    /// <summary>Whether the client compresses its messages.</summary>
    /// <exception cref="RpcException">By something other than gzip; the headers of the response name what can be used.</exception>
    public static bool UsesGzip(HttpContext http)
    {
        var encoding = (string?)http.Request.Headers[HeaderNames.Encoding];
        if (encoding is null or HeaderNames.Identity or HeaderNames.Gzip)
            return encoding == HeaderNames.Gzip;
        http.Response.Headers[HeaderNames.AcceptEncoding] = HeaderNames.Accepted;
        throw new RpcException(new Status(StatusCode.Unimplemented, $"The header {HeaderNames.Encoding} is '{encoding}'; supported: {HeaderNames.Accepted}."));
    }

    /// <summary>For a client that looks for gRPC's status whatever the HTTP status is.</summary>
    private static void Refuse(HttpContext http, string detail) => StatusFields.Write(http.Response.Headers, new Status(StatusCode.Internal, detail));
}
