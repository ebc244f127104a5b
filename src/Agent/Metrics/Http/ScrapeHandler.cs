using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NodeAgent.Metrics.Exposition;

namespace NodeAgent.Metrics.Http;

/// <summary>
/// Answers scrapes. Each writes at its reader's pace with little buffered, holds up nothing but itself, and is given up after a
/// time: what the scraper says it waits for (X-Prometheus-Scrape-Timeout-Seconds), else <see cref="TimeLimit"/>.
/// </summary>
internal sealed class ScrapeHandler(MetricRegistry registry, TimeProvider clock, ILogger log)
{
    /// <summary>Scrapes at once; more are told to come again.</summary>
    public const int MostAtOnce = 40;

    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private readonly ScrapeMetrics _metrics = new(registry);
    private readonly ScrapePool _scrapes = new(MostAtOnce);

    public async Task HandleAsync(HttpContext context)
    {
        var format = Negotiation.FormatFor(context.Request.Headers.Accept);
        var gzip = Negotiation.TakesGzip(context.Request.Headers.AcceptEncoding);
        var headers = context.Response.Headers;
        headers.ContentType = format == ExpositionFormat.OpenMetrics ? OpenMetricsType : TextType;
        headers.Vary = "Accept, Accept-Encoding";
        if (gzip) headers.ContentEncoding = "gzip";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        if (_scrapes.Take() is not { } scrape)
        {
            Refuse(context);
            return;
        }

        var start = clock.GetTimestamp();
        _metrics.InProgress.Add(1);
        var limit = LimitOf(context.Request);
        try
        {
            await registry.FreshenAsync(default).ConfigureAwait(false);
            scrape.LimitTo(limit);
            var written = await WriteAsync(scrape, context.Response, format, gzip).ConfigureAwait(false);
            _metrics.Done(format, gzip, written, clock.GetElapsedTime(start));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            _metrics.GivenUp.Increment();
            if (scrape.IsLate) log.ScrapeGivenUp($"{context.Connection.RemoteIpAddress}", limit.TotalSeconds);
            context.Abort();
        }
        finally
        {
            _metrics.InProgress.Add(-1);
            _scrapes.Return(scrape);
        }
    }

    private async ValueTask<long> WriteAsync(Scrape scrape, HttpResponse response, ExpositionFormat format, bool gzip)
    {
        if (!gzip) return await scrape.RunAsync(registry, response.BodyWriter, format).ConfigureAwait(false);
        var zip = new GZipStream(response.BodyWriter.AsStream(leaveOpen: true), CompressionLevel.Fastest, leaveOpen: true);
        await using (zip.ConfigureAwait(false))
        {
            var writer = PipeWriter.Create(zip, new StreamPipeWriterOptions(minimumBufferSize: Scrape.FlushAt, leaveOpen: true));
            var written = await scrape.RunAsync(registry, writer, format).ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
            return written;
        }
    }

    private static void Refuse(HttpContext context)
    {
        context.Response.Headers.Remove("Content-Encoding");
        context.Response.Headers.ContentType = default;
        context.Response.Headers.RetryAfter = "1";
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    private static TimeSpan LimitOf(HttpRequest request)
    {
        string? told = request.Headers["X-Prometheus-Scrape-Timeout-Seconds"];
        return double.TryParse(told, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 300 ? TimeSpan.FromSeconds(seconds) : TimeLimit;
    }
}
