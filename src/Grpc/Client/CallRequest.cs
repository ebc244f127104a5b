using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>A call as an HTTP request, and what its response says before the first message.</summary>
internal static class CallRequest
{
    public static Status CancelledByCaller { get; } = new(StatusCode.Cancelled, "The call was cancelled by its caller.");

    public static Status Disposed { get; } = new(StatusCode.Cancelled, "The call, or its channel, was disposed before the call had ended.");

    public static Status Overdue { get; } = new(StatusCode.DeadlineExceeded, "The deadline passed.");

    public static HttpRequestMessage Of(GrpcChannel channel, IMethod method, CallOptions options, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(channel.Address, method.FullName))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.TryAddWithoutValidation("content-type", HeaderNames.ContentType);
        var headers = request.Headers;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", "nodeagent-grpc");
        headers.TryAddWithoutValidation(HeaderNames.AcceptEncoding, HeaderNames.Accepted);
        if (Compresses(options.Headers))
            headers.TryAddWithoutValidation(HeaderNames.Encoding, HeaderNames.Gzip);
        if (options.Deadline is { } deadline && deadline != DateTime.MaxValue)
            headers.TryAddWithoutValidation(HeaderNames.Timeout, GrpcTimeout.Format(deadline.ToUniversalTime() - channel.Options.TimeProvider.GetUtcNow().UtcDateTime));
        if (options.Headers is { } metadata)
            Add(headers, metadata);
        return request;
    }

    public static bool Compresses(Metadata? headers) => headers?.GetValue(HeaderNames.RequestedEncoding) == HeaderNames.Gzip;

    /// <summary>The status, if the response has one already: its own, or the one that its HTTP status stands for. Null: messages follow.</summary>
    public static Status? EndedBy(HttpResponseMessage response)
    {
        if (ResponseFields.Status(response.Headers) is { } status)
            return status;
        if (response.StatusCode != HttpStatusCode.OK)
            return new Status(CallFailure.OfHttp(response.StatusCode), $"The server answered with HTTP status {(int)response.StatusCode} and no status of gRPC.");
        var type = response.Content.Headers.ContentType?.ToString();
        return HeaderNames.IsGrpc(type) ? null : new Status(StatusCode.Unknown, $"The content type of the response is '{type}'; expected {HeaderNames.ContentType}.");
    }

    /// <exception cref="RpcException">The server compresses by something that was not offered to it.</exception>
    public static bool UsesGzip(HttpResponseMessage response)
    {
        var encoding = ResponseFields.First(response.Headers, HeaderNames.Encoding);
        return encoding is null or HeaderNames.Identity or HeaderNames.Gzip
            ? encoding == HeaderNames.Gzip
            : throw new RpcException(new Status(StatusCode.Internal, $"The response is compressed by '{encoding}'; offered: {HeaderNames.Accepted}."));
    }

    private static void Add(HttpRequestHeaders headers, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (entry.Key == "user-agent")
                headers.Remove(entry.Key);
            if (!HeaderNames.IsReserved(entry.Key))
                headers.TryAddWithoutValidation(entry.Key, MetadataFields.Value(entry));
        }
    }
}
