using Grpc.Core;

namespace NodeAgent.Api.Watching;

/// <summary>
/// Binds a service as its generated code does, but that a stream writes the bytes of an <see cref="ISharedMessage"/> where it has them:
/// what a hundred watchers are told is encoded once.
/// </summary>
public sealed class SharedEncoding(ServiceBinderBase binder) : ServiceBinderBase
{
    public static void BindMigrations(ServiceBinderBase binder, V1.MigrationService.MigrationServiceBase? service) => V1.MigrationService.BindService(new SharedEncoding(binder), service);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => binder.AddMethod(method, handler);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) => binder.AddMethod(method, handler);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => binder.AddMethod(method, handler);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var whole = method.ResponseMarshaller;
        var shared = Marshallers.Create<TResponse>(
            (message, context) =>
            {
                if (message is ISharedMessage { Encoded: { } bytes }) context.Complete(bytes);
                else whole.ContextualSerializer(message, context);
            },
            whole.ContextualDeserializer);
        binder.AddMethod(new Method<TRequest, TResponse>(method.Type, method.ServiceName, method.Name, method.RequestMarshaller, shared), handler);
    }
}
