using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Config;
using NodeAgent.Metrics;

namespace NodeAgent.Bench.Metrics;

/// <summary>The same metrics served by this process, whose heap can be collected before it is measured.</summary>
internal static class InProcess
{
    private const int WarmUp = 200;

    // Short, so that both tables are there after the warm-up, and are filled again and again while scrapes read them.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Bytes the heap holds after a full collection, before and after this many scrapes. In the calling thread's network namespace.</summary>
    public static (long Before, long After) HeapBeforeAndAfter(int scrapes)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var registry = new MetricRegistry();
        using var metrics = new NodeMetrics(registry, HostPaths.Default, new MetricsSettings { Interval = s_interval }, TimeProvider.System, NullLoggerFactory.Instance);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseSockets(options => options.CreateBoundListenSocket = _ => socket);
        builder.WebHost.ConfigureKestrel(options => options.Listen(socket.LocalEndPoint!));
        using var app = builder.Build();
        MetricsEndpoint.Map(app, registry, TimeProvider.System, NullLoggerFactory.Instance);
        app.Start();

        var reader = new HttpReader(((IPEndPoint)socket.LocalEndPoint!).Port, gzip: false);
        for (var i = 0; i < WarmUp; i++) reader.Scrape();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < scrapes; i++) reader.Scrape();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        app.StopAsync().GetAwaiter().GetResult();
        return (before, after);
    }
}
