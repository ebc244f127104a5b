using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>One request, a stream of responses.</summary>
internal sealed class ServerStreamingHandler<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
TService, TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServerSettings settings, Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> invoke)
    : MethodHandler<TService, TRequest, TResponse>(method, settings)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    protected override async Task InvokeAsync(TService service, HttpServerCallContext call, MessageReader<TRequest> requests)
    {
        var request = await requests.ReadOnlyMessageAsync(CancellationToken.None).ConfigureAwait(false);
        await invoke(service, request, Responses(call), call).ConfigureAwait(false);
    }
}
