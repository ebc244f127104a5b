using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api;
using NodeAgent.Api.Health;
using NodeAgent.Api.Migration;
using NodeAgent.Api.Network;
using NodeAgent.Api.Nodes;
using NodeAgent.Api.Reflection;
using NodeAgent.Api.Storage;
using NodeAgent.Api.Watching;
using NodeAgent.Config;
using NodeAgent.Hosting;
using NodeAgent.Kvm;
using NodeAgent.Metrics;
using NodeAgent.Migration.Store;
using NodeAgent.Node;
using NodeAgent.Storage.Store;
using NodeAgent.Tests.Unit.Api.Migration;
using NodeAgent.Tests.Unit.Cli;
using NodeAgent.Verdicts;

namespace NodeAgent.Tests.Unit.Api;

/// <summary>The services that show the node, on a Unix socket of their own, over a state that the test publishes.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-api-");
    private readonly EngineWorkers _engines = new(static () => new FakeEngine(), TimeSpan.FromSeconds(1));
    private readonly MapMemory _memory;
    private readonly WebApplication _app;
    private readonly List<GrpcChannel> _channels = [];

    private ApiHost(NodeStateStore store)
    {
        VerdictLog = new VerdictLog(_folder.FullName, NullLogger.Instance);
        Verdicts.StatesChanged += VerdictLog.Add;
        Verdicts.Explained += VerdictLog.Explain;
        _memory = new MapMemory(_folder.FullName, NullLogger.Instance);
        Storage = new StorageStore(store.Epoch, Verdicts, _memory, new StorageSettings(), TimeProvider.System);
        Migrations = new MigrationStore(store.Epoch, TimeSpan.FromMinutes(5), TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.ListenUnixSocket(SocketPath, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var node = new NodeView(new NodeSummary(new HostPaths { Run = _folder.FullName }, AgentConfiguration.Default, store, Readiness, Verdicts, Storage, TimeProvider.System, Kvm, Migrations), store, Readiness, Verdicts, Migrations, TimeProvider.System, NullLogger.Instance);
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(server => new Watches(store, node, new StorageView(Storage, TimeProvider.System), new MigrationView(Migrations, TimeProvider.System), new WatchCounters(Metrics), TimeProvider.System, server.GetRequiredService<IHostApplicationLifetime>()));
        builder.Services.AddSingleton(server => new NodeService(node, Verdicts, VerdictLog, server.GetRequiredService<Watches>(), Kvm));
        builder.Services.AddSingleton(server => new NetworkService(_engines, new RunningChanges(), server.GetRequiredService<Watches>(), [], NullLogger.Instance));
        builder.Services.AddSingleton(server => new StorageService(Storage, server.GetRequiredService<Watches>(), TimeProvider.System));
        builder.Services.AddSingleton(server => new MigrationService(Migrations, Meter, new DrainQuestions(_ => ResidentBytes, TimeProvider.System), server.GetRequiredService<Watches>(), TimeProvider.System, server.GetRequiredService<IHostApplicationLifetime>(), NullLogger.Instance));
        builder.Services.AddSingleton(new HealthTable(Readiness));
        builder.Services.AddSingleton<HealthService>();
        builder.Services.AddSingleton(new ReflectionAlphaService(ServedFiles.OfAgent));
        _app = builder.Build();
        _app.MapGrpcService<NodeService>();
        _app.MapGrpcService<NetworkService>();
        _app.MapGrpcService<StorageService>();
        _app.MapGrpcService<MigrationService>();
        _app.MapGrpcService<HealthService>();
        _app.MapGrpcService<ReflectionAlphaService>();
    }

    public Readiness Readiness { get; } = new();

    public KvmBoard Kvm { get; } = new();

    public VerdictBoard Verdicts { get; } = new(TimeProvider.System);

    public VerdictLog VerdictLog { get; }

    public StorageStore Storage { get; }

    /// <summary>The guests; the test writes to it.</summary>
    public MigrationStore Migrations { get; }

    /// <summary>Of every guest.</summary>
    public long? ResidentBytes { get; set; }

    public FakeMeter Meter { get; } = new();

    public MetricRegistry Metrics { get; } = new();

    public string SocketPath => Path.Combine(_folder.FullName, "api.sock");

    public static async Task<ApiHost> StartAsync(NodeStateStore store)
    {
        var host = new ApiHost(store);
        await host._app.StartAsync();
        return host;
    }

    /// <summary>A connection of its own.</summary>
    /// <param name="clock">Of the client's deadlines.</param>
    public GrpcChannel Connect(TimeProvider? clock = null)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = (_, cancellation) => DialAsync(cancellation) };
        var channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, TimeProvider = clock ?? TimeProvider.System });
        _channels.Add(channel);
        return channel;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) channel.Dispose();
        await _app.DisposeAsync();
        _engines.Dispose();
        Storage.Dispose();
        Migrations.Dispose();
        _memory.Dispose();
        VerdictLog.Dispose();
        _folder.Delete(recursive: true);
    }

    private async ValueTask<Stream> DialAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
