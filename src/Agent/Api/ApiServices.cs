using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodeAgent.Api.Network;

namespace NodeAgent.Api;

/// <summary>The services of the node API, for whoever hosts them.</summary>
public static class ApiServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddGrpc();
        services.AddSingleton<RunningChanges>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<NetworkService>();
        routes.MapGrpcService<StorageService>();
        routes.MapGrpcService<MigrationService>();
        routes.MapGrpcService<MaintenanceService>();
    }
}
