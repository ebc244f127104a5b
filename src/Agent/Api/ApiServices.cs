using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodeAgent.Api.Health;
using NodeAgent.Api.Migration;
using NodeAgent.Api.Network;
using NodeAgent.Api.Nodes;
using NodeAgent.Api.Reflection;
using NodeAgent.Api.Storage;
using NodeAgent.Api.Watching;
using NodeAgent.Hosting;
using NodeAgent.Migration.Guests.Reading;

namespace NodeAgent.Api;

/// <summary>The services of the node API, for whoever hosts them.</summary>
public static class ApiServices
{
    /// <summary>Adds them; gRPC itself (AddGrpc, with its limits) is the host's.</summary>
    public static void Add(IServiceCollection services, DaemonParts parts)
    {
        var log = parts.Logs.CreateLogger("api");
        var board = parts.Configuration.Current.Migration.Enabled ? parts.Migrations : null;
        var node = new NodeView(new NodeSummary(parts.Paths, parts.Configuration.Current, parts.State, parts.Readiness, parts.Verdicts, parts.Storage, parts.Clock, parts.Kvm, board), parts.State, parts.Readiness, parts.Verdicts, board, parts.Clock, log);
        var storage = new StorageView(parts.Storage, parts.Clock);
        var migrations = board is null ? null : new MigrationView(board, parts.Clock);
        services.AddSingleton(server => new Watches(parts.State, node, storage, migrations, parts.Watches, parts.Clock, server.GetRequiredService<IHostApplicationLifetime>()));
        services.AddSingleton(server => new NodeService(node, parts.Verdicts, parts.VerdictLog, server.GetRequiredService<Watches>(), parts.Kvm));
        services.AddSingleton(server => new NetworkService(parts.Engines, parts.Changes, server.GetRequiredService<Watches>(), parts.Observers, log));
        services.AddSingleton(server => new StorageService(parts.Storage, server.GetRequiredService<Watches>(), parts.Clock));
        services.AddSingleton(server => new MigrationService(board, parts.DirtyRates, new DrainQuestions(process => ResidentMemory.Of(parts.Paths, process), parts.Clock), server.GetRequiredService<Watches>(), parts.Clock, server.GetRequiredService<IHostApplicationLifetime>(), log));
        services.AddSingleton<MaintenanceService>();
        services.AddSingleton(new HealthTable(parts.Readiness));
        services.AddSingleton<HealthService>();
        services.AddSingleton(new ReflectionService(ServedFiles.OfAgent));
        services.AddSingleton(new ReflectionAlphaService(ServedFiles.OfAgent));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<NodeService>();
        routes.MapGrpcService<NetworkService>();
        routes.MapGrpcService<StorageService>();
        routes.MapGrpcService<MigrationService>();
        routes.MapGrpcService<MaintenanceService>();
        routes.MapGrpcService<HealthService>();
        routes.MapGrpcService<ReflectionService>();
        routes.MapGrpcService<ReflectionAlphaService>();
    }
}
