using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api;
using NodeAgent.Api.Watching;
using NodeAgent.Cli;
using NodeAgent.Config;
using NodeAgent.Hosting;
using NodeAgent.Hosting.Access;
using NodeAgent.Metrics;
using NodeAgent.Network;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Remote;
using NodeAgent.Node;

namespace NodeAgent.Tests.Support;

/// <summary>The node API on Kestrel, open to everybody, on a Unix socket in a folder of its own; its engines work in the network namespace of the thread that starts it.</summary>
public sealed class ApiServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-api-");
    private readonly WebApplication _app;
    private readonly EngineWorkers _engines;
    private readonly List<RemoteEngine> _clients = [];

    public ApiServer(Func<INetworkEngine> make, TimeSpan? changeWait = null, IReadOnlyList<IDaemonObserver>? observers = null)
    {
        _engines = new EngineWorkers(make, changeWait ?? TimeSpan.FromSeconds(10));
        var configuration = new ConfigurationStore(AgentConfiguration.Default, static () => new ConfigurationResult(AgentConfiguration.Default, []), TimeProvider.System);
        var metrics = new MetricRegistry();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(Socket, static listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        ApiServices.Add(builder.Services, new DaemonParts
        {
            Settings = new Settings(),
            Configuration = configuration,
            Logs = NullLoggerFactory.Instance,
            Clock = TimeProvider.System,
            State = State,
            Engines = _engines,
            Readiness = new Readiness(),
            Access = new AccessControl(configuration, TimeProvider.System),
            Metrics = metrics,
            Watches = new WatchCounters(metrics),
            Observers = observers ?? [],
        });
        _app = builder.Build();
        ApiServices.Map(_app);
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
