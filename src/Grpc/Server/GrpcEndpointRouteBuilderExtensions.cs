using System.Diagnostics.CodeAnalysis;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Serves the methods of <typeparamref name="TService"/>, a class derived from a generated <c>…Base</c>.</summary>
    /// <exception cref="InvalidOperationException">The class is no service, or <c>AddGrpc</c> was not called.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<[DynamicallyAccessedMembers(EndpointBinder<object>.Accessed)] TService>(
        this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = builder.ServiceProvider.GetService<ServerSettings>()
            ?? throw new InvalidOperationException("gRPC services cannot be mapped: call AddGrpc on the service collection first.");
        var binder = new EndpointBinder<TService>(builder, settings);
        binder.BindAll();
        if (!settings.AnswersUnknownMethods)
            builder.MapMethods(UnknownMethod.Pattern, [HttpMethods.Post], UnknownMethod.AnswerAsync).WithDisplayName("gRPC unknown method");
        settings.AnswersUnknownMethods = true;
        return new GrpcServiceEndpointConventionBuilder(binder.Endpoints);
    }
}
