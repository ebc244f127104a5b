using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Hosting;

/// <summary>
/// One Kestrel on one socket that was bound beforehand. Each listener has a server of its own: its own limits, so that nobody can use up
/// another's connections, its own endpoints, so that none is reachable by the wrong door, and its own start, so that one fault is one listener's.
/// </summary>
internal sealed class WebServer
{
    private readonly WebApplication _app;

    private WebServer(WebApplication app) => _app = app;

    /// <summary>Serves on the socket, which is the server's from here on.</summary>
    public static WebServer Start(Listener listener, Socket socket, DaemonParts parts)
    {
        // Empty: no configuration files to watch (in / that would be the whole tree), no ASPNETCORE_… variables, no console logger.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "nodeagent",
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(parts.Logs));
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(options => options.CreateBoundListenSocket = _ => socket);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            listener.Limit(options);
            options.Listen(socket.LocalEndPoint!, listen => listener.Configure(listen, parts));
        });
        listener.AddServices(builder.Services, builder.WebHost, parts);
        var app = builder.Build();
        try
        {
            listener.Map(app, parts);
            app.Start();
            return new WebServer(app);
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    /// <summary>No new connections and calls (GOAWAY); ends when those there are have ended, or are cut because the token says so.</summary>
    public async Task StopAsync(CancellationToken cut)
    {
        await _app.StopAsync(cut).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
