using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>Serves the calls of one method: from the request to the status. The kinds of methods differ in <see cref="InvokeAsync"/>.</summary>
internal abstract class MethodHandler<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
TService, TRequest, TResponse>(Method<TRequest, TResponse> method, ServerSettings settings)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    /// <summary>The endpoint's delegate.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!RequestGate.Admits(http))
            return;

        RequestGate.LiftBodyLimits(http, method.Type);
        var output = new CallOutput(http, settings.Options);
        TimeSpan? timeout;
        MessageReader<TRequest> requests;
        try
        {
            timeout = RequestGate.Timeout(http);
            requests = new MessageReader<TRequest>(
                http.Request.BodyReader, method.RequestMarshaller.ContextualDeserializer, settings.Options.MaxReceiveMessageSize, RequestGate.UsesGzip(http));
        }
        catch (RpcException e)
        {
            output.Close(e.Status, null);
            return;
        }

        using var call = new HttpServerCallContext(http, method, output, timeout, settings.Time);
        var served = ServeAsync(call, requests);
        if (call.HasDeadline && !served.IsCompleted)
            await EndAtDeadlineAsync(call, served).ConfigureAwait(false);
        await served.ConfigureAwait(false);

        // A service that ends well because its token was cancelled was cut short all the same.
        output.Close(call.IsOverdue ? CallStatus.Overdue : call.Status, call.Trailers);
    }

    protected abstract Task InvokeAsync(TService service, HttpServerCallContext call, MessageReader<TRequest> requests);

    protected void Respond(HttpServerCallContext call, TResponse? response) => call.Output.Write(
        response ?? throw new RpcException(new Status(StatusCode.Cancelled, "The service returned no message.")),
        method.ResponseMarshaller.ContextualSerializer, call.WriteOptions, flush: false);

    protected ResponseStream<TResponse> Responses(HttpServerCallContext call) => new(call, method.ResponseMarshaller.ContextualSerializer);

    /// <summary>Answers at the deadline, whatever the service does then.</summary>
    private async Task EndAtDeadlineAsync(HttpServerCallContext call, Task served)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = call.CancellationToken.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), passed).ConfigureAwait(false);
        await Task.WhenAny(served, passed.Task).ConfigureAwait(false);
        if (served.IsCompleted || !call.IsOverdue)
            return;
        settings.Logger.DeadlinePassed(method.FullName);
        await call.Output.CloseEarlyAsync(CallStatus.Overdue, settings.Time).ConfigureAwait(false);
    }

    /// <summary>Runs the service and leaves the outcome in the call's status. Never throws.</summary>
    private async Task ServeAsync(HttpServerCallContext call, MessageReader<TRequest> requests)
    {
        TService? service = null;
        var made = false;
        try
        {
            service = ServiceSource<TService>.Get(call.Http.RequestServices, out made);
            await InvokeAsync(service, call, requests).ConfigureAwait(false);
            await call.Output.FlushedAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(call, e);
        }

        try
        {
            if (made && service is not null)
                await ServiceSource<TService>.ReleaseAsync(service).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(call, e);
        }
    }

    private void Fail(HttpServerCallContext call, Exception exception)
    {
        call.Status = CallStatus.Of(call, exception, settings.Options.EnableDetailedErrors ?? false);
        if (exception is RpcException { Trailers: var trailers })
        {
            foreach (var entry in trailers)
                call.ResponseTrailers.Add(entry);
        }

        if (CallStatus.IsFault(call, exception))
            settings.Logger.ServiceFailed(exception, method.FullName);
        else
            settings.Logger.CallFailed(method.FullName, call.Status.StatusCode.ToString(), call.Status.Detail);
    }
}
