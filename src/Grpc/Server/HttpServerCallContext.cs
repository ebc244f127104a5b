using System.Globalization;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>A call that came over HTTP/2: what its service sees of it.</summary>
internal sealed class HttpServerCallContext : ServerCallContext, IDisposable
{
    private readonly CancellationTokenSource? _deadlineOrAbort;
    private readonly CancellationTokenRegistration _abort;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;

    /// <param name="timeout">As the client asked for; null: no deadline.</param>
    public HttpServerCallContext(HttpContext http, IMethod method, CallOutput output, TimeSpan? timeout, TimeProvider time)
    {
        (Http, CalledMethod, Output) = (http, method, output);
        DeadlineCore = Moment(time, timeout);
        if (timeout is not { } delay || delay.TotalMilliseconds > int.MaxValue)
            return;
        _deadlineOrAbort = new CancellationTokenSource(delay, time);
        _abort = http.RequestAborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _deadlineOrAbort);
    }

    public HttpContext Http { get; }

    public IMethod CalledMethod { get; }

    public CallOutput Output { get; }

    public bool HasDeadline => _deadlineOrAbort is not null;

    public bool IsAborted => Http.RequestAborted.IsCancellationRequested;

    public bool IsOverdue => _deadlineOrAbort is { IsCancellationRequested: true } && !IsAborted;

    protected override string MethodCore => CalledMethod.FullName;

    protected override string HostCore => Http.Request.Host.Value ?? "";

    protected override string PeerCore => Http.Connection.RemoteIpAddress switch
    {
        null => "unix:",
        { AddressFamily: AddressFamily.InterNetworkV6 } address => string.Create(CultureInfo.InvariantCulture, $"ipv6:[{address}]:{Http.Connection.RemotePort}"),
        var address => string.Create(CultureInfo.InvariantCulture, $"ipv4:{address}:{Http.Connection.RemotePort}"),
    };

    protected override DateTime DeadlineCore { get; }

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadHeaders(Http.Request.Headers);

    protected override CancellationToken CancellationTokenCore => _deadlineOrAbort?.Token ?? Http.RequestAborted;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => PeerIdentity.Of(Http.Connection.ClientCertificate);

    protected override IDictionary<object, object> UserStateCore => Http.Items!;

    internal Metadata? Trailers => _responseTrailers;

    public void Dispose()
    {
        _abort.Dispose();
        _deadlineOrAbort?.Dispose();
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Output.WriteHeadersAsync(responseHeaders);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Calls are not propagated: pass Deadline and CancellationToken on by hand.");

    private static DateTime Moment(TimeProvider time, TimeSpan? timeout)
    {
        if (timeout is not { } delay)
            return DateTime.MaxValue;
        var now = time.GetUtcNow().UtcDateTime;
        return delay < DateTime.MaxValue - now ? now + delay : DateTime.MaxValue;
    }

    private static Metadata ReadHeaders(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
                MetadataFields.Add(metadata, name, value);
        }

        return metadata;
    }
}
