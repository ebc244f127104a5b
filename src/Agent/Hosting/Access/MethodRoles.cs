using System.Collections.Frozen;

namespace NodeAgent.Hosting.Access;

/// <summary>What it takes to call a method. Everything that is not named here needs the role operate.</summary>
internal static class MethodRoles
{
    private static readonly FrozenSet<string> s_reading = new[]
    {
        "/nodeagent.v1.NodeService/GetNode",
        "/nodeagent.v1.NodeService/WatchNode",
        "/nodeagent.v1.NodeService/GetKvm",
        "/nodeagent.v1.NodeService/ListVerdicts",
        "/nodeagent.v1.NodeService/ListVerdictChanges",
        "/nodeagent.v1.NetworkService/GetNetworkState",
        "/nodeagent.v1.NetworkService/ListLinks",
        "/nodeagent.v1.NetworkService/WatchLinks",
        "/nodeagent.v1.NetworkService/ListPolicies",
        "/nodeagent.v1.NetworkService/ListControlPaths",
        "/nodeagent.v1.NetworkService/ListFreeMacAddresses",
        "/nodeagent.v1.NetworkService/Plan",
        "/nodeagent.v1.StorageService/ListStorage",
        "/nodeagent.v1.StorageService/WatchStorage",
        "/nodeagent.v1.MigrationService/ListGuests",
        "/nodeagent.v1.MigrationService/ListMigrations",
        "/nodeagent.v1.MigrationService/WatchMigrations",
        "/nodeagent.v1.MigrationService/ListMigrationHistory",
        "/nodeagent.v1.MigrationService/GetMigrationForecast",
        "/nodeagent.v1.MigrationService/GetDrainForecast",
        "/nodeagent.v1.MaintenanceService/GetMaintenance",
        "/nodeagent.v1.MaintenanceService/GetMaintenanceForecast",
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/List",
        "/grpc.health.v1.Health/Watch",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="path">/package.Service/Method</param>
    public static Role Of(string path) => s_reading.Contains(path) ? Role.Read : Role.Operate;
}
