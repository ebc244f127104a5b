using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class GrpcServicesExtensions
{
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services) => services.AddGrpc(_ => { });

    /// <summary>What <c>MapGrpcService</c> needs. Deadlines follow the <see cref="TimeProvider"/> that is registered, else the system's.</summary>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services, Action<GrpcServiceOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        services.AddRouting();
        services.Configure(configureOptions);
        services.TryAddSingleton(provider => new ServerSettings(
            provider.GetRequiredService<IOptions<GrpcServiceOptions>>().Value,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Grpc.AspNetCore.Server")));
        return new GrpcServerBuilder(services);
    }
}
