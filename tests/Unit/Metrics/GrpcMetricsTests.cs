using System.Buffers.Binary;
using Microsoft.AspNetCore.Http;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Grpc;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

public sealed class GrpcMetricsTests
{
    private readonly MetricRegistry _registry = new();
    private readonly GrpcMetrics _metrics;

    public GrpcMetricsTests() => _metrics = new GrpcMetrics(_registry, new StoppedClock());

    [Fact]
    public async Task A_call_of_no_known_method_is_counted_under_one_label()
    {
        await Call("/made.up/Name1", context => context.Response.Headers["grpc-status"] = "12");
        await Call("/made.up/Name2", context => context.Response.Headers["grpc-status"] = "12");
        var text = Exposed.Text(_registry);
        Assert.Contains("nodeagent_grpc_server_started_total{grpc_service=\"unknown\",grpc_method=\"unknown\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("nodeagent_grpc_server_handled_total{grpc_service=\"unknown\",grpc_method=\"unknown\",grpc_code=\"Unimplemented\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("nodeagent_grpc_server_calls_in_progress{grpc_service=\"unknown\",grpc_method=\"unknown\"} 0\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99", "Unknown")]
    [InlineData("nonsense", "Unknown")]
    [InlineData(null, "Cancelled")]
    public async Task A_strange_status_is_counted_all_the_same(string? status, string code)
    {
        await Call("/a/b", context =>
        {
            if (status is not null) context.Response.Headers["grpc-status"] = status;
        });
        Assert.Contains($"grpc_code=\"{code}\"}} 1\n", Exposed.Text(_registry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_throws_is_counted_and_still_throws()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Call("/a/b", _ => throw new InvalidOperationException()));
        Assert.Contains("grpc_code=\"Unknown\"} 1\n", Exposed.Text(_registry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_requests_are_let_through_uncounted()
    {
        await Call("/healthz", _ => { }, "text/plain");
        Assert.Contains("nodeagent_grpc_server_started_total{grpc_service=\"unknown\",grpc_method=\"unknown\"} 0\n", Exposed.Text(_registry), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_are_counted_however_the_bytes_are_cut()
    {
        byte[] stream = [.. Frame(0), .. Frame(1), .. Frame(300), .. Frame(4)];
        for (var piece = 1; piece <= stream.Length; piece++)
        {
            var counter = new MetricRegistry().Counter("x_total", "X.");
            var frames = new FrameCounter(counter);
            foreach (var part in stream.Chunk(piece)) frames.Count(part.AsSpan());
            Assert.Equal(4, counter.Value);
        }
    }

    private static byte[] Frame(int length)
    {
        var frame = new byte[5 + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        frame.AsSpan(5).Fill(0xff);
        return frame;
    }

    private Task Call(string path, Action<HttpContext> handle, string type = "application/grpc")
    {
        var context = new DefaultHttpContext();
        context.Request.Path = path;
        context.Request.ContentType = type;
        return _metrics.Wrap(c =>
        {
            handle(c);
            return Task.CompletedTask;
        })(context);
    }
}
