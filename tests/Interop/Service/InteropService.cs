using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using NodeAgent.Tests.Interop.V1;
using Any = Google.Protobuf.WellKnownTypes.Any;
using GrpcStatus = Grpc.Core.Status;

namespace NodeAgent.Tests.Interop.Service;

/// <summary>interop.proto says what each call does.</summary>
/// <param name="calls">Outlives the servers that serve this.</param>
/// <param name="stopping">Of the server that serves this one.</param>
/// <param name="restart">Shuts that server down and starts the next one; not waited for.</param>
public sealed class InteropService(CallLog calls, CancellationToken stopping, Action restart) : V1.InteropService.InteropServiceBase
{
    private const string GzipRequested = "grpc-internal-encoding-request";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public override async Task<Response> Unary(Request request, ServerCallContext context)
    {
        await Begin(request, context);
        return Answer(request, context);
    }

    public override async Task ServerStream(Request request, IServerStreamWriter<Response> responseStream, ServerCallContext context)
    {
        var call = calls.Of(request.Key);
        for (var i = 0; i < request.Count; i++)
        {
            await responseStream.WriteAsync(new Response { Number = i, Payload = ByteString.CopyFrom(new byte[request.Size]) });
            call.CountSent();
        }
    }

    public override async Task<Response> ClientStream(IAsyncStreamReader<Request> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken)) texts.Add(request.Text);
        return new Response { Number = texts.Count, Text = string.Concat(texts) };
    }

    public override async Task Bidi(IAsyncStreamReader<Request> requestStream, IServerStreamWriter<Response> responseStream, ServerCallContext context)
    {
        var first = true;
        CallRecord? cancelled = null;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            if (request.Code != 0) throw Error(request);
            if (first) await Begin(request, context);
            if (request.Key.Length > 0)
            {
                cancelled = calls.Of(request.Key);
                cancelled.Follow(context.CancellationToken);
            }

            first = false;
            await responseStream.WriteAsync(Answer(request, context), context.CancellationToken);
        }

        // Node's HTTP/2 ends a stream before it resets it: then this is how the server learns of it.
        cancelled?.Cancel();
    }

    public override Task<Response> Fail(Request request, ServerCallContext context) => throw Error(request);

    public override async Task FailStream(Request request, IServerStreamWriter<Response> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Count; i++) await responseStream.WriteAsync(new Response { Number = i });
        throw Error(request);
    }

    public override async Task Hang(Request request, IServerStreamWriter<Response> responseStream, ServerCallContext context)
    {
        calls.Of(request.Key).Follow(context.CancellationToken);
        await responseStream.WriteAsync(new Response { Text = "begun" });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.CancellationToken);
        await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (!context.CancellationToken.IsCancellationRequested) await responseStream.WriteAsync(new Response { Text = "stopping" });
    }

    public override async Task<Response> SlowRead(IAsyncStreamReader<Request> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)) return new Response();
        await calls.Of(requestStream.Current.Key).Released.WaitAsync(s_patience, context.CancellationToken);
        var count = 1;
        while (await requestStream.MoveNext(context.CancellationToken)) count++;
        return new Response { Number = count };
    }

    public override Task<Response> Release(Request request, ServerCallContext context)
    {
        calls.Of(request.Key).Release();
        return Task.FromResult(new Response());
    }

    public override async Task<Response> WaitCancelled(Request request, ServerCallContext context)
    {
        var cancelled = calls.Of(request.Key).Cancelled;
        await Task.WhenAny(cancelled, Task.Delay(s_patience, context.CancellationToken));
        return new Response { Number = cancelled.IsCompleted ? 1 : 0 };
    }

    public override Task<Response> Sent(Request request, ServerCallContext context) =>
        Task.FromResult(new Response { Number = calls.Of(request.Key).Sent });

    public override Task<Response> Restart(Request request, ServerCallContext context)
    {
        restart();
        return Task.FromResult(new Response());
    }

    /// <summary>The response headers, and what is known of the trailers by then.</summary>
    private static async Task Begin(Request request, ServerCallContext context)
    {
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders)
        {
            if (entry.Key.StartsWith("x-echo", StringComparison.Ordinal)) headers.Add(entry);
            if (entry.Key.StartsWith("x-trail", StringComparison.Ordinal)) context.ResponseTrailers.Add(entry);
        }

        if (request.Compress) headers.Add(GzipRequested, "gzip");
        if (headers.Count > 0) await context.WriteResponseHeadersAsync(headers);
        var encoding = context.GetHttpContext().Response.Headers["grpc-encoding"].ToString();
        context.ResponseTrailers.Add("x-answer-encoding", encoding.Length > 0 ? encoding : "identity");
    }

    private static Response Answer(Request request, ServerCallContext context) => new()
    {
        Text = request.Text,
        Payload = request.Size > 0 ? ByteString.CopyFrom(new byte[request.Size]) : request.Payload,
        Number = context.GetHttpContext().Request.Headers["grpc-encoding"] == "gzip" ? 1 : 0,
    };

    private static RpcException Error(Request request)
    {
        var bad = new BadRequest();
        bad.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = request.Key, Description = request.Text });
        var status = new Google.Rpc.Status { Code = request.Code, Message = request.Text, Details = { Any.Pack(bad) } };
        return new RpcException(new GrpcStatus((StatusCode)request.Code, request.Text), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } });
    }
}
