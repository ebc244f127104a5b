using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Metrics;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>/metrics over HTTP.</summary>
public sealed class EndpointTests : IDisposable
{
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(60);

    private readonly MetricRegistry _registry = new();
    private readonly MetricsServer _server;
    private readonly HttpClient _client;

    public EndpointTests()
    {
        _server = new MetricsServer(app => MetricsEndpoint.Map(app, _registry, TimeProvider.System, NullLoggerFactory.Instance));
        _client = new HttpClient { BaseAddress = _server.Address };
        var gauges = _registry.Gauges("x", "X.", "link");
        for (var i = 0; i < 1000; i++) gauges.With($"link{i}").Set(i);
    }

    [Fact]
    public async Task Text_is_the_default()
    {
        using var answer = await Get(_ => { });
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        Assert.Equal("Accept, Accept-Encoding", string.Join(", ", answer.Headers.Vary));
        var samples = ExpositionParser.Parse(await answer.Content.ReadAsStringAsync(), openMetrics: false);
        Assert.Equal(1000, samples.Count(s => s.Name == "x"));
    }

    [Fact]
    public async Task OpenMetrics_comes_when_asked_for()
    {
        using var answer = await Get(request => request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        ExpositionParser.Parse(await answer.Content.ReadAsStringAsync(), openMetrics: true);
    }

    [Fact]
    public async Task Gzip_says_the_same()
    {
        using var answer = await Get(request => request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip"));
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        var samples = ExpositionParser.Parse(await new StreamReader(plain).ReadToEndAsync(), openMetrics: false);
        Assert.Equal(1000, samples.Count(s => s.Name == "x"));
    }

    [Fact]
    public async Task HEAD_has_the_headers_alone()
    {
        using var answer = await Get(request => request.Method = HttpMethod.Head);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Anything_else_is_not_allowed()
    {
        using var answer = await Get(request => request.Method = HttpMethod.Post);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Scrapes_at_once_are_each_whole()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _client.GetStringAsync("/metrics"))).WaitAsync(s_enough);
        Assert.All(answers, text => Assert.Equal(1000, ExpositionParser.Parse(text, openMetrics: false).Count(s => s.Name == "x")));
    }

    [Fact]
    public async Task A_scraper_that_reads_nothing_holds_up_nobody_and_is_given_up()
    {
        AddMuch();
        using var slow = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        await slow.SendAsync(Encoding.ASCII.GetBytes("GET /metrics HTTP/1.1\r\nHost: x\r\nX-Prometheus-Scrape-Timeout-Seconds: 0.5\r\n\r\n"));
        for (var text = ""; !text.Contains("nodeagent_scrapes_given_up_total 1\n", StringComparison.Ordinal);) text = await _client.GetStringAsync("/metrics").WaitAsync(s_enough);
        // What it had not read when it was given up never comes.
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            var buffer = new byte[1 << 16];
            while (await slow.ReceiveAsync(buffer).WaitAsync(s_enough) is var read)
            {
                if (read == 0) throw new IOException("The connection was closed.");
                if (buffer.AsSpan(0, read).EndsWith("0\r\n\r\n"u8)) break;
            }
        });
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    // More than two sockets' buffers hold.
    private void AddMuch()
    {
        var gauges = _registry.Gauges("y", "Y.", "text");
        for (var i = 0; i < 1000; i++) gauges.With($"{i}{new string('y', 16_000)}").Set(1);
    }

    private async Task<HttpResponseMessage> Get(Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        change(request);
        return await _client.SendAsync(request);
    }
}
