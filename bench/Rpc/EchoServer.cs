using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace NodeAgent.Bench.Rpc;

/// <summary>The service on a Unix socket, and beside it the floor: the same exchanges by bare HTTP/2, without gRPC.</summary>
internal static class EchoServer
{
    /// <summary>POST: the body comes back.</summary>
    public const string FloorSay = "/floor/say";

    /// <summary>POST: the body comes back as often as the query `count` says, each time flushed, as a stream of gRPC is.</summary>
    public const string FloorRepeat = "/floor/repeat";

    /// <summary>Serves until standard input ends, so that it dies with whoever started it.</summary>
    public static async Task RunAsync(string socket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options => options.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        await using var app = builder.Build();
        app.MapGrpcService<EchoService>();
        app.MapPost(FloorSay, SayAsync);
        app.MapPost(FloorRepeat, RepeatAsync);
        await app.StartAsync().ConfigureAwait(false);
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync().ConfigureAwait(false);
    }

    private static async Task SayAsync(HttpContext context)
    {
        var body = await ReadAsync(context).ConfigureAwait(false);
        await context.Response.BodyWriter.WriteAsync(body).ConfigureAwait(false);
    }

    private static async Task RepeatAsync(HttpContext context)
    {
        var count = int.Parse(context.Request.Query["count"]!, System.Globalization.CultureInfo.InvariantCulture);
        var body = await ReadAsync(context).ConfigureAwait(false);
        for (var i = 0; i < count; i++) await context.Response.BodyWriter.WriteAsync(body).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        var body = new byte[context.Request.ContentLength!.Value];
        await context.Request.Body.ReadExactlyAsync(body).ConfigureAwait(false);
        return body;
    }
}
