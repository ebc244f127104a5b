using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Hosting.Access;

/// <summary>Stands before every service: who calls, may it, and what came of it.</summary>
internal sealed class CallGate(RequestDelegate next, AccessControl access, ILogger log, TimeProvider clock)
{
    private static readonly Status s_unknownPeer = new(StatusCode.Unauthenticated, "the kernel does not say who is at the other end of this connection");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(GrpcAnswer.ContentType, StringComparison.OrdinalIgnoreCase) != true) return NotGrpc(context);
        var needed = MethodRoles.Of(context.Request.Path.Value ?? "");
        var peer = context.Features.Get<IPeerFeature>()?.Peer;
        var refusal = peer is null ? s_unknownPeer : access.Refusal(peer, needed);
        if (peer is not null && refusal is null) return Let(context, peer, needed);
        log.Refused(Clean(peer?.Origin ?? "an unknown process"), Method(context), refusal!.Value.StatusCode, Clean(refusal.Value.Detail));
        GrpcAnswer.Refuse(context, refusal.Value);
        return Task.CompletedTask;
    }

    private async Task Let(HttpContext context, Peer peer, Role needed)
    {
        var started = clock.GetTimestamp();
        var call = new OpenCall(context, peer, access.CallerOf(peer), needed);
        context.Features.Set<ICallerFeature>(call);
        context.Features.Set<ICallNote>(call);
        var client = context.RequestAborted;
        context.RequestAborted = call.Token;
        access.Enter(call);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (call.Ended is not null)
        {
            // Ended from here; the status says so.
        }
        finally
        {
            access.Leave(call);
            context.RequestAborted = client;
        }

        if (call.Ended is { } status) GrpcAnswer.Replace(context, status);
        if (needed == Role.Operate) Audit(context, call, client.IsCancellationRequested, started);
    }

    private void Audit(HttpContext context, OpenCall call, bool clientGone, long started)
    {
        var outcome = clientGone && call.Ended is null ? "the client went away" : GrpcAnswer.StatusOf(context)?.ToString() ?? "no status";
        log.Called(Clean(call.Peer.Origin), Method(context), call.Note is { } note ? " " + Clean(note) : "", outcome, clock.GetElapsedTime(started).TotalMilliseconds);
    }

    private static Task NotGrpc(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("This is the gRPC API of nodeagent: requests need the content type application/grpc. Metrics and health are served over HTTP elsewhere (metrics.address).\n", context.RequestAborted);
    }

    private static string Method(HttpContext context) => Clean(context.Request.Path.Value ?? "");

    // Names and paths come from clients; a line of the log is a line.
    private static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? '?' : c)) : text;
}
