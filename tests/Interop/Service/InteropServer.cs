using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Tests.Interop.Service;

/// <summary>The interop service by src/Grpc on Kestrel, at one place for as long as this lives; its server may be restarted by a client.</summary>
public sealed class InteropServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-interop-");
    private readonly CallLog _calls = new();
    private readonly bool _tcp;
    private int _port;
    private WebApplication _app;
    private Task _restarted = Task.CompletedTask;

    /// <param name="transport">unix or tcp</param>
    public InteropServer(string transport)
    {
        _tcp = transport == "tcp";
        _app = Start();
    }

    /// <summary>As gRPC programs name it: <c>unix:/path</c> or <c>127.0.0.1:port</c>.</summary>
    public string Target => _tcp ? $"127.0.0.1:{_port}" : $"unix:{SocketPath}";

    public string SocketPath => Path.Combine(_folder.FullName, "grpc.sock");

    public void Dispose()
    {
        _restarted.GetAwaiter().GetResult();
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }

    private WebApplication Start()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;

            // As the daemon has them: a stream that is not read must not use up what its connection has for all.
            kestrel.Limits.Http2.InitialStreamWindowSize = 128 << 10;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 1 << 20;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(1);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
            if (_tcp) kestrel.Listen(IPAddress.Loopback, _port, static listen => listen.Protocols = HttpProtocols.Http2);
            else kestrel.ListenUnixSocket(SocketPath, static listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(services => new InteropService(_calls, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping, Restart));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<InteropService>();
        app.Start();
        if (_tcp) _port = new Uri(app.Urls.First()).Port;
        return app;
    }

    private void Restart() => _restarted = Task.Run(async () =>
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = Start();
    });
}
