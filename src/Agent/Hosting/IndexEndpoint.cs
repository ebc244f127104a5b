using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace NodeAgent.Hosting;

/// <summary>/: what there is, for whoever opens the address in a browser.</summary>
internal static class IndexEndpoint
{
    private static readonly byte[] s_text = Encoding.UTF8.GetBytes($"""
        nodeagent {AgentVersion.Text}
        /metrics  Prometheus text or OpenMetrics
        /healthz  200 while the daemon's loop turns
        /readyz   200 when every part does its work, else 503 and which does not

        """);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", static context =>
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = s_text.Length;
        return context.Response.Body.WriteAsync(s_text, 0, s_text.Length);
    });
}
