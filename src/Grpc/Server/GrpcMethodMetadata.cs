using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>On the endpoint of every gRPC method: what middleware needs to know which call it sees.</summary>
public sealed class GrpcMethodMetadata(Type serviceType, IMethod method)
{
    public Type ServiceType { get; } = serviceType;

    public IMethod Method { get; } = method;
}
