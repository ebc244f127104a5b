using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api.Migration;
using NodeAgent.Api.Watching;
using NodeAgent.Config;
using NodeAgent.Hosting;
using NodeAgent.Metrics;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;

namespace NodeAgent.Bench.Migration;

/// <summary>MigrationService in this process, by Kestrel with the daemon's limits, on a Unix socket.</summary>
internal sealed class StreamServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-stream-");
    private readonly WebApplication _app;

    public StreamServer()
    {
        using (var batch = Store.Write()) batch.Ready();
        var pipeline = new GrpcPipeline(new GrpcLimits(), static (_, _) => { }, static _ => { });
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            pipeline.Limit(options.Limits);
            options.ListenUnixSocket(SocketPath, static listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(server => new MigrationService(
            Store, NoDirtyRateMeter.Instance, new DrainQuestions(static _ => null, TimeProvider.System), Watches(server), TimeProvider.System, server.GetRequiredService<IHostApplicationLifetime>(), NullLogger.Instance));
        _app = builder.Build();
        _app.MapGrpcService<MigrationService>();
        _app.Start();
    }

    public MigrationStore Store { get; } = new(1, TimeSpan.FromMinutes(5), TimeProvider.System);

    /// <summary>Bytes of what brings a watcher from the version before to the newest.</summary>
    public int LastBytes => new MigrationView(Store, TimeProvider.System).Since(Store.Version - 1)!.Messages.Sum(static message => message.Encoded!.Length);

    public string SocketPath => Path.Combine(_folder.FullName, "api.sock");

    public void Dispose()
    {
        _app.StopAsync().GetAwaiter().GetResult();
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }

    // Nothing else is watched here.
    private Watches Watches(IServiceProvider server) => new(
        null!, null!, null!, new MigrationView(Store, TimeProvider.System), new WatchCounters(new MetricRegistry()), TimeProvider.System, server.GetRequiredService<IHostApplicationLifetime>());
}
