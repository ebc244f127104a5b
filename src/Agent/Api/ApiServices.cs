using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodeAgent.Api.Network;
using NodeAgent.Hosting;

namespace NodeAgent.Api;

/// <summary>The services of the node API, for whoever hosts them.</summary>
public static class ApiServices
{
    /// <summary>Adds them; gRPC itself (AddGrpc, with its limits) is the host's.</summary>
    public static void Add(IServiceCollection services, DaemonParts parts)
    {
        var log = parts.Logs.CreateLogger("api");
        services.AddSingleton(new NetworkService(parts.Engines, parts.Changes, parts.Observers, log));
        services.AddSingleton<StorageService>();
        services.AddSingleton<MigrationService>();
        services.AddSingleton<MaintenanceService>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<NetworkService>();
        routes.MapGrpcService<StorageService>();
        routes.MapGrpcService<MigrationService>();
        routes.MapGrpcService<MaintenanceService>();
    }
}
