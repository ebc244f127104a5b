namespace Grpc.Wire;

/// <summary>What gRPC itself says in HTTP headers and trailers.</summary>
internal static class HeaderNames
{
    public const string ContentType = "application/grpc";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";

    /// <summary>In the metadata of a call: compress what this side sends; never sent itself.</summary>
    public const string RequestedEncoding = "grpc-internal-encoding-request";

    public const string Identity = "identity";
    public const string Gzip = "gzip";
    public const string Accepted = "identity,gzip";

    /// <summary>Whether a header is gRPC's or HTTP's own and not metadata.</summary>
    public static bool IsReserved(string name) => name.StartsWith(':') || name.ToLowerInvariant() is
        Timeout or Encoding or AcceptEncoding or Status or Message or RequestedEncoding
        or "content-type" or "te" or "host" or "accept-encoding" or "trailer" or "transfer-encoding" or "date" or "server" or "connection" or "content-length";

    /// <summary><c>application/grpc</c>, <c>application/grpc+proto</c>, <c>application/grpc;…</c>; not <c>application/grpc-web</c>.</summary>
    public static bool IsGrpc(ReadOnlySpan<char> contentType) =>
        contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';' or ' ');
}
