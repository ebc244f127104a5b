using NodeAgent.Hosting;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace NodeAgent.Api.Health;

/// <summary>Which service can do its work, from the parts of the daemon that it needs.</summary>
public sealed class HealthTable(Readiness readiness)
{
    private const string Server = "";

    // Null: a service that has no implementation yet.
    private static readonly (string Service, string[]? Needs)[] s_services =
    [
        (V1.NodeService.Descriptor.FullName, []),
        (V1.NetworkService.Descriptor.FullName, ["network"]),
        (V1.StorageService.Descriptor.FullName, ["storage"]),
        (V1.MigrationService.Descriptor.FullName, ["migration"]),
        (V1.MaintenanceService.Descriptor.FullName, null),
    ];

    /// <summary>After each change of a part.</summary>
    public event Action? Changed
    {
        add => readiness.Changed += value;
        remove => readiness.Changed -= value;
    }

    /// <summary>Every name that <see cref="Of"/> knows; the empty one is the server as a whole.</summary>
    public static IEnumerable<string> Services => [Server, .. s_services.Select(static s => s.Service)];

    /// <summary>How a service stands; null where there is none of this name.</summary>
    public Serving? Of(string service)
    {
        if (service == Server) return State(readiness.IsReady);
        foreach (var (name, needs) in s_services)
        {
            if (name == service) return State(needs is not null && readiness.Snapshot.All(p => p.Ready || !needs.Contains(p.Name)));
        }

        return null;
    }

    private static Serving State(bool serves) => serves ? Serving.Serving : Serving.NotServing;
}
