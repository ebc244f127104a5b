using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api;
using NodeAgent.Api.Network;
using NodeAgent.Api.Nodes;
using NodeAgent.Api.Watching;
using NodeAgent.Config;
using NodeAgent.Hosting;
using NodeAgent.Kvm;
using NodeAgent.Metrics;
using NodeAgent.Network;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Remote;
using NodeAgent.Node;
using NodeAgent.Storage.Store;
using NodeAgent.Verdicts;

namespace NodeAgent.Tests.Support;

/// <summary>The Network service on Kestrel, open to everybody, on a Unix socket in a folder of its own; its engines work in the network namespace of the thread that starts it.</summary>
public sealed class ApiServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-api-");
    private readonly WebApplication _app;
    private readonly EngineWorkers _engines;
    private readonly List<RemoteEngine> _clients = [];

    public ApiServer(Func<INetworkEngine> make, TimeSpan? changeWait = null, IReadOnlyList<IDaemonObserver>? observers = null)
    {
        _engines = new EngineWorkers(make, changeWait ?? TimeSpan.FromSeconds(10));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(Socket, static listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var readiness = new Readiness();
        var verdicts = new VerdictBoard(TimeProvider.System);
        var storage = new StorageStore(1, verdicts, new MapMemory(_folder.FullName, NullLogger.Instance, writes: false), new StorageSettings(), TimeProvider.System);
        var node = new NodeView(new NodeSummary(HostPaths.Default, AgentConfiguration.Default, State, readiness, verdicts, storage, TimeProvider.System, new KvmBoard(), null), State, readiness, verdicts, null, TimeProvider.System, NullLogger.Instance);
        builder.Services.AddSingleton(server => new Watches(State, node, new StorageView(storage, TimeProvider.System), null, new WatchCounters(new MetricRegistry()), TimeProvider.System, server.GetRequiredService<IHostApplicationLifetime>()));
        builder.Services.AddSingleton(server => new NetworkService(_engines, new RunningChanges(), server.GetRequiredService<Watches>(), observers ?? [], NullLogger.Instance));
        _app = builder.Build();
        _app.MapGrpcService<NetworkService>();
        _app.MapGrpcService<MaintenanceService>();
        _app.StartAsync().GetAwaiter().GetResult();
    }

    public string Socket => Path.Combine(_folder.FullName, "nodeagent.sock");

    /// <summary>What watches tell; nobody but the test publishes to it.</summary>
    public NodeStateStore State { get; } = new(epoch: 1);

    /// <summary>A client of its own.</summary>
    public RemoteEngine Connect(string? sshConnection = null)
    {
        var client = new RemoteEngine(Socket, null, sshConnection, TimeProvider.System);
        _clients.Add(client);
        return client;
    }

    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
        _app.StopAsync().GetAwaiter().GetResult();
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _engines.Dispose();
        _folder.Delete(recursive: true);
    }
}
