using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>A call from its start to its status: the request, the response as far as it has come, deadline and cancellation.</summary>
internal sealed class ClientCall<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    private readonly Lock _gate = new();
    private readonly GrpcChannel _channel;
    private readonly Method<TRequest, TResponse> _method;
    private readonly CallOptions _options;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenRegistration _userCancel;
    private readonly CancellationTokenRegistration _channelDisposed;
    private readonly ITimer? _timer;
    private readonly HttpContent _content;
    private HttpResponseMessage? _message;
    private volatile Outcome? _outcome;
    private Metadata? _headers;

    /// <summary>Starts the call.</summary>
    /// <param name="request">The one request; null: they come by <see cref="CallRequestWriter{TRequest, TResponse}"/>.</param>
    public ClientCall(GrpcChannel channel, Method<TRequest, TResponse> method, CallOptions options, TRequest? request)
    {
        (_channel, _method, _options) = (channel, method, options);
        Settings = new CallSettings(channel.Options.MaxSendMessageSize, options.WriteOptions, CallRequest.Compresses(options.Headers));
        _content = request is null ? new StreamingContent() : new UnaryContent<TRequest>(request, Serialize, Settings);
        _userCancel = options.CancellationToken.UnsafeRegister(
            static call => ((ClientCall<TRequest, TResponse>)call!).End(CallRequest.CancelledByCaller), this);
        _channelDisposed = channel.Disposed.UnsafeRegister(
            static call => ((ClientCall<TRequest, TResponse>)call!).End(CallRequest.Disposed), this);
        if (options.Deadline is { } deadline && deadline != DateTime.MaxValue)
            _timer = StartTimer(deadline);
        Response = SendAsync();
        // A call that is given up may have nobody who asks for its response.
        _ = Response.ContinueWith(static response => response.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public CallSettings Settings { get; }

    /// <summary>Where the requests of a stream go.</summary>
    public StreamingContent Requests => (StreamingContent)_content;

    public Action<TRequest, SerializationContext> Serialize => _method.RequestMarshaller.ContextualSerializer;

    /// <summary>The response's headers and the reader of its messages; the reader is null if the status came with the headers.</summary>
    public Task<MessageReader<TResponse>?> Response { get; }

    /// <summary>Fires when the call is ended from this side.</summary>
    public CancellationToken Ended => _end.Token;

    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Outcome Outcome => _outcome ?? throw new InvalidOperationException("The call has not ended: it has neither status nor trailers yet.");

    public async Task<Metadata> GetHeadersAsync()
    {
        await Response.ConfigureAwait(false);
        return _headers ??= _message is null ? Metadata.Empty : ResponseFields.Metadata(_message.Headers);
    }

    /// <summary>Takes the status that stands at the end of the response.</summary>
    /// <exception cref="RpcException">It is not OK.</exception>
    public void ReadStatus()
    {
        if (_outcome is null)
        {
            var status = ResponseFields.Status(_message!.TrailingHeaders)
                ?? new Status(StatusCode.Unknown, $"The response from {_channel.Target} ended without the trailer {HeaderNames.Status}.");
            Finish(status, ResponseFields.Metadata(_message.TrailingHeaders));
        }

        ThrowUnlessOk();
    }

    /// <summary>Ends the call by a failure, and gives what to throw for it: that failure, or what had ended the call before.</summary>
    public RpcException Fail(Exception exception)
    {
        Finish(CallFailure.Of(exception, _channel.Target), Metadata.Empty);
        return Outcome.ToException();
    }

    /// <summary>What to throw for a failure that does not end the call: the response may still say how it ended.</summary>
    public RpcException Explain(Exception exception) => _outcome?.ToException() ?? new RpcException(CallFailure.Of(exception, _channel.Target));

    /// <summary>A call that has failed takes no more requests, whether or not its connection has noticed yet.</summary>
    /// <exception cref="RpcException">How it ended.</exception>
    public void ThrowIfFailed()
    {
        if (_outcome is { Status.StatusCode: not StatusCode.OK } outcome)
            throw outcome.ToException();
    }

    /// <summary>Ends the call from this side unless it has ended.</summary>
    public void End(Status status)
    {
        if (Finish(status, Metadata.Empty))
            _end.Cancel();
    }

    private void ThrowUnlessOk()
    {
        if (Outcome.Status.StatusCode != StatusCode.OK)
            throw Outcome.ToException();
    }

    private ITimer? StartTimer(DateTime deadline)
    {
        var left = deadline.ToUniversalTime() - _channel.Options.TimeProvider.GetUtcNow().UtcDateTime;
        if (left <= TimeSpan.Zero)
        {
            End(CallRequest.Overdue);
            return null;
        }

        return left.TotalMilliseconds > int.MaxValue ? null : _channel.Options.TimeProvider.CreateTimer(
            static call => ((ClientCall<TRequest, TResponse>)call!).End(CallRequest.Overdue), this, left, Timeout.InfiniteTimeSpan);
    }

    private async Task<MessageReader<TResponse>?> SendAsync()
    {
        try
        {
            _end.Token.ThrowIfCancellationRequested();
            var request = CallRequest.Of(_channel, _method, _options, _content);
            Take(await _channel.Http.SendAsync(request, _end.Token).ConfigureAwait(false));
            if (CallRequest.EndedBy(_message) is { } status)
            {
                Finish(status, ResponseFields.Metadata(_message.Headers));
                return null;
            }

            var gzip = CallRequest.UsesGzip(_message);
            var body = await _message.Content.ReadAsStreamAsync(_end.Token).ConfigureAwait(false);
            return new MessageReader<TResponse>(
                PipeReader.Create(body), _method.ResponseMarshaller.ContextualDeserializer, _channel.Options.MaxReceiveMessageSize, gzip);
        }
        catch (Exception e)
        {
            throw Fail(e);
        }
    }

    [MemberNotNull(nameof(_message))]
    private void Take(HttpResponseMessage message)
    {
        lock (_gate)
        {
            _message = message;
            if (_outcome is null)
                return;
        }

        message.Dispose();
        throw new OperationCanceledException();
    }

    private bool Finish(Status status, Metadata trailers)
    {
        lock (_gate)
        {
            if (_outcome is not null)
                return false;
            _outcome = new Outcome(status, trailers);
        }

        _timer?.Dispose();
        _userCancel.Unregister();
        _channelDisposed.Unregister();
        (_content as StreamingContent)?.Abort();
        _message?.Dispose();
        return true;
    }
}
