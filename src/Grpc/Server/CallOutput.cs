using System.IO.Compression;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server;

/// <summary>
/// What goes back to the client: headers, messages, the status. Safe against the deadline, which closes it from another thread.
/// A write ends when its message is in the pipe; the next one waits until the pipe has let that go, so a reader that is slow holds up
/// its own call alone, and at most one message waits for it.
/// </summary>
internal sealed class CallOutput
{
    private const int CancelledStream = 8;
    private const int NoError = 0;
    private const int InternalError = 2;

    /// <summary>Bytes that may wait for a message without <see cref="WriteFlags.BufferHint"/>.</summary>
    private const int MostBuffered = 64 * 1024;

    /// <summary>How long a client may take to read what stands between it and the status.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HttpContext _http;
    private readonly PipeWriter _pipe;
    private readonly MessageWriter _writer;
    private readonly CompressionLevel _level;
    private ValueTask<FlushResult> _flush;
    private bool _flushing;
    private bool _begun;
    private bool _closed;

    public CallOutput(HttpContext http, GrpcServiceOptions options)
    {
        _http = http;
        _pipe = http.Response.BodyWriter;
        _writer = new MessageWriter(_pipe, options.MaxSendMessageSize);
        _level = options.ResponseCompressionLevel ?? CompressionLevel.Fastest;
        http.Response.ContentType = HeaderNames.ContentType;
        if (options.ResponseCompressionAlgorithm == HeaderNames.Gzip)
            CompressIfAccepted();
    }

    /// <summary>Whether a write would have to wait.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
                return _flushing && !_flush.IsCompleted;
        }
    }

    /// <exception cref="InvalidOperationException">Headers or a message went before.</exception>
    public async Task WriteHeadersAsync(Metadata headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        lock (_gate)
        {
            ThrowIfClosed();
            if (_begun)
                throw new InvalidOperationException("Response headers have been sent already; they go before the first message, and once.");
            _begun = true;
            if (headers.GetValue(HeaderNames.RequestedEncoding) == HeaderNames.Gzip)
                CompressIfAccepted();
            StatusFields.Write(_http.Response.Headers, headers);
            Flush();
        }

        await FlushedAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Puts a message into the pipe. <see cref="IsBusy"/> has to be false.</summary>
    public void Write<T>(T message, Action<T, SerializationContext> serialize, WriteOptions? options, bool flush)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
        {
            ThrowIfClosed();
            TakeFlushed();
            _writer.Write(message, serialize, options);
            _begun = true;
            if (flush && (((options?.Flags ?? 0) & WriteFlags.BufferHint) == 0 || _pipe.UnflushedBytes > MostBuffered))
                Flush();
        }
    }

    /// <summary>Waits until what was written has left the pipe.</summary>
    public Task FlushedAsync(CancellationToken cancellationToken) => PendingFlush().WaitAsync(cancellationToken);

    /// <summary>Ends the call with its status, in the headers if nothing went before it, unless it has ended already.</summary>
    public void Close(Status status, Metadata? trailers)
    {
        if (!TryClose())
            return;
        if (_writer.IsTorn)
            Reset(InternalError);
        else
            WriteStatus(status, trailers);
    }

    /// <summary>
    /// Ends the call while its service still runs, and resets the stream. The status goes behind what was written before,
    /// if the client takes that within <see cref="Grace"/>.
    /// </summary>
    public async Task CloseEarlyAsync(Status status, TimeProvider time)
    {
        if (!TryClose())
            return;
        var error = _writer.IsTorn ? InternalError : NoError;
        try
        {
            await PendingFlush().WaitAsync(Grace, time).ConfigureAwait(false);
            if (error == NoError)
            {
                WriteStatus(status, null);
                await _http.Response.CompleteAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is TimeoutException or IOException or OperationCanceledException)
        {
            error = CancelledStream;
        }

        Reset(error);
    }

    private bool TryClose()
    {
        lock (_gate)
            return !_closed && (_closed = true);
    }

    /// <summary>The flush that is under way, as a task that can be awaited by several.</summary>
    private Task PendingFlush()
    {
        lock (_gate)
        {
            if (!_flushing)
                return Task.CompletedTask;
            var flush = _flush.AsTask();
            _flush = new ValueTask<FlushResult>(flush);
            return flush;
        }
    }

    private void Reset(int error) => _http.Features.Get<IHttpResetFeature>()?.Reset(error);

    private void WriteStatus(Status status, Metadata? trailers)
    {
        var headers = _begun || _http.Response.HasStarted ? _http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers : _http.Response.Headers;
        if (headers is null || headers.IsReadOnly)
            return;
        StatusFields.Write(headers, status);
        if (trailers is not null)
            StatusFields.Write(headers, trailers);
    }

    private void CompressIfAccepted()
    {
        foreach (var accepted in ((string?)_http.Request.Headers[HeaderNames.AcceptEncoding] ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (accepted != HeaderNames.Gzip)
                continue;
            _http.Response.Headers[HeaderNames.Encoding] = HeaderNames.Gzip;
            _writer.Compression = _level;
        }
    }

    private void Flush()
    {
        _flush = _pipe.FlushAsync();
        _flushing = true;
    }

    /// <summary>Every flush is asked for its result once: it may be one of a pool.</summary>
    private void TakeFlushed()
    {
        if (!_flushing)
            return;
        _flushing = false;
        _flush.GetAwaiter().GetResult();
    }

    private void ThrowIfClosed()
    {
        if (_closed || _http.RequestAborted.IsCancellationRequested)
            throw new OperationCanceledException("The call has ended: nothing more can be sent.");
    }
}
