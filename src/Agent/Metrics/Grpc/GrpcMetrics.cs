using System.Collections.Concurrent;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace NodeAgent.Metrics.Grpc;

/// <summary>
/// Counts gRPC calls as middleware that stands behind routing and before the endpoints: <c>app.Use(metrics.Grpc.Wrap)</c>.
/// Calls of methods that do not exist share one label value, so that no client can make series.
/// </summary>
public sealed class GrpcMetrics
{
    public const string Unknown = "unknown";

    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<GrpcMethodMetadata, MethodSeries> _methods = new();
    private readonly MethodSeries _unknown;

    public GrpcMetrics(MetricRegistry registry, TimeProvider clock)
    {
        _clock = clock;
        Families = new MethodFamilies(registry);
        _unknown = new MethodSeries(Families, Unknown, Unknown);
    }

    internal MethodFamilies Families { get; }

    public RequestDelegate Wrap(RequestDelegate next) => context =>
        context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true ? CountAsync(context, next) : next(context);

    private async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        var series = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } method ? SeriesOf(method) : _unknown;
        series.Started.Increment();
        series.InProgress.Add(1);
        CountedCall.Attach(context.Features, series);
        var start = _clock.GetTimestamp();
        StatusCode? failed = StatusCode.Unknown;
        try
        {
            await next(context).ConfigureAwait(false);
            failed = null;
        }
        finally
        {
            series.InProgress.Add(-1);
            series.Duration.Observe(_clock.GetElapsedTime(start));
            series.Handled(failed ?? StatusOf(context)).Increment();
        }
    }

    private MethodSeries SeriesOf(GrpcMethodMetadata method) => _methods.TryGetValue(method, out var series)
        ? series
        : _methods.GetOrAdd(method, static (key, families) => new MethodSeries(families, key.Method.ServiceName, key.Method.Name), Families);

    // In the trailers, or among the headers of an answer that has nothing else. None at all: the connection ended first.
    private static StatusCode StatusOf(HttpContext context)
    {
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        string? text = trailers?.TryGetValue("grpc-status", out var trailer) == true ? trailer : context.Response.Headers["grpc-status"];
        if (text is null) return context.Response.StatusCode == StatusCodes.Status200OK ? StatusCode.Cancelled : StatusCode.Unknown;
        return int.TryParse(text, out var number) && Enum.IsDefined((StatusCode)number) ? (StatusCode)number : StatusCode.Unknown;
    }
}
