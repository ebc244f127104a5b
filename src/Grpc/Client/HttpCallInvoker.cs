using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Makes calls over a channel.</summary>
internal sealed class HttpCallInvoker(GrpcChannel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        AsyncUnaryCall(method, host, options, request).GetAwaiter().GetResult();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Start(method, options, request);
        return new AsyncUnaryCall<TResponse>(
            new CallResponseReader<TRequest, TResponse>(call).ReadOnlyResponseAsync(),
            Of<TRequest, TResponse>.Headers, Of<TRequest, TResponse>.Status, Of<TRequest, TResponse>.Trailers, Of<TRequest, TResponse>.Dispose, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Start(method, options, request);
        return new AsyncServerStreamingCall<TResponse>(
            new CallResponseReader<TRequest, TResponse>(call),
            Of<TRequest, TResponse>.Headers, Of<TRequest, TResponse>.Status, Of<TRequest, TResponse>.Trailers, Of<TRequest, TResponse>.Dispose, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new ClientCall<TRequest, TResponse>(channel, method, options, null);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            new CallRequestWriter<TRequest, TResponse>(call), new CallResponseReader<TRequest, TResponse>(call).ReadOnlyResponseAsync(),
            Of<TRequest, TResponse>.Headers, Of<TRequest, TResponse>.Status, Of<TRequest, TResponse>.Trailers, Of<TRequest, TResponse>.Dispose, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new ClientCall<TRequest, TResponse>(channel, method, options, null);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            new CallRequestWriter<TRequest, TResponse>(call), new CallResponseReader<TRequest, TResponse>(call),
            Of<TRequest, TResponse>.Headers, Of<TRequest, TResponse>.Status, Of<TRequest, TResponse>.Trailers, Of<TRequest, TResponse>.Dispose, call);
    }

    private ClientCall<TRequest, TResponse> Start<TRequest, TResponse>(Method<TRequest, TResponse> method, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(request);
        return new ClientCall<TRequest, TResponse>(channel, method, options, request);
    }

    /// <summary>What the calls' delegates do, made once for each pair of message types.</summary>
    private static class Of<TRequest, TResponse>
        where TRequest : class
        where TResponse : class
    {
        public static readonly Func<object, Task<Metadata>> Headers = call => ((ClientCall<TRequest, TResponse>)call).GetHeadersAsync();
        public static readonly Func<object, Status> Status = call => ((ClientCall<TRequest, TResponse>)call).Outcome.Status;
        public static readonly Func<object, Metadata> Trailers = call => ((ClientCall<TRequest, TResponse>)call).Outcome.Trailers;
        public static readonly Action<object> Dispose = call => ((ClientCall<TRequest, TResponse>)call).End(CallRequest.Disposed);
    }
}
