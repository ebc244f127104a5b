using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using NodeAgent.Logging;
using NodeAgent.Metrics.Http;

namespace NodeAgent.Metrics;

/// <summary>GET and HEAD /metrics.</summary>
public static class MetricsEndpoint
{
    public const string Path = "/metrics";

    /// <summary>Once for a registry: the scrapes are counted in it too.</summary>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, MetricRegistry registry, TimeProvider clock, ILoggerFactory logs) =>
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], new ScrapeHandler(registry, clock, logs.CreateLogger(LogAreas.Metrics)).HandleAsync);
}
