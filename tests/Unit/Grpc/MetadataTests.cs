using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Headers and trailers, text and binary, both ways.</summary>
public sealed class MetadataTests
{
    private static readonly byte[] Bytes = [0, 255, 128, 10];

    [Fact]
    public async Task Request_headers_reach_the_service()
    {
        await using var server = await EchoServer.StartAsync();
        Metadata? seen = null;
        server.Service.OnUnary = (request, context) =>
        {
            seen = context.RequestHeaders;
            return Task.FromResult(EchoService.Answer(request));
        };
        await server.Client().UnaryAsync(new EchoRequest(), new Metadata { { "X-Text", "a, b" }, { "x-raw-bin", Bytes }, { "x-text", "c" } });

        // One line on the wire, as HTTP allows.
        Assert.Equal("a, b, c", seen!.GetValue("x-text"));
        Assert.Equal(Bytes, seen!.GetValueBytes("x-raw-bin"));
        Assert.NotNull(seen!.GetValue("user-agent"));
        Assert.DoesNotContain(seen!, entry => entry.Key is "te" or "content-type" or "grpc-accept-encoding" || entry.Key.StartsWith(':'));
    }

    [Fact]
    public async Task Binary_headers_joined_by_commas_come_apart()
    {
        await using var server = await EchoServer.StartAsync();
        var seen = new List<byte[]>();
        server.Service.OnUnary = (request, context) =>
        {
            seen.AddRange(context.RequestHeaders.GetAll("x-raw-bin").Select(entry => entry.ValueBytes));
            return Task.FromResult(EchoService.Answer(request));
        };
        using var raw = server.Raw();
        var response = await raw.SendAsync(RawClient.Frame([]), ("x-raw-bin", "AA==,AAE,AAEC"), ("x-other-bin", "no base64!"));

        Assert.Equal(StatusCode.OK, response.Status);
        Assert.Equal([[0], [0, 1], [0, 1, 2]], seen);
    }

    [Fact]
    public async Task Headers_and_trailers_come_back()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnUnary = async (request, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-head", "h" }, { "x-head-bin", Bytes } });
            context.ResponseTrailers.Add("x-tail", "t");
            context.ResponseTrailers.Add("x-tail-bin", Bytes);
            return EchoService.Answer(request);
        };
        using var call = server.Client().UnaryAsync(new EchoRequest());
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("h", headers.GetValue("x-head"));
        Assert.Equal(Bytes, headers.GetValueBytes("x-head-bin"));
        Assert.Equal("t", call.GetTrailers().GetValue("x-tail"));
        Assert.Equal(Bytes, call.GetTrailers().GetValueBytes("x-tail-bin"));
    }

    [Fact]
    public async Task Headers_come_before_the_first_message()
    {
        await using var server = await EchoServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Service.OnServerStream = async (_, responses, context) =>
        {
            await context.WriteResponseHeadersAsync([]);
            await release.Task;
            await responses.WriteAsync(new EchoResponse());
        };
        using var call = server.Client().ServerStream(new EchoRequest());
        await call.ResponseHeadersAsync.WaitAsync(EchoServer.Patience);
        release.SetResult();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task Headers_go_once()
    {
        await using var server = await EchoServer.StartAsync();
        Exception? second = null;
        server.Service.OnUnary = async (request, context) =>
        {
            await context.WriteResponseHeadersAsync([]);
            second = await Record.ExceptionAsync(() => context.WriteResponseHeadersAsync([]));
            return EchoService.Answer(request);
        };
        await server.Client().UnaryAsync(new EchoRequest());
        Assert.IsType<InvalidOperationException>(second);
    }

    [Fact]
    public async Task The_context_says_where_a_call_comes_from_and_what_it_calls()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnUnary = (_, context) => Task.FromResult(new EchoResponse
        {
            Text = $"{context.Method} {context.Host} {context.Peer} {context.AuthContext.IsPeerAuthenticated} {context.Deadline == DateTime.MaxValue} {context.GetHttpContext().Request.Protocol}",
        });
        Assert.Equal("/nodeagent.tests.v1.Echo/Unary localhost unix: False True HTTP/2", (await server.Client().UnaryAsync(new EchoRequest())).Text);
    }

    [Fact]
    public void Keys_are_checked_and_put_in_lower_case()
    {
        Assert.Equal("abc-1_2.x", new Metadata.Entry("ABC-1_2.x", "").Key);
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a b", "x"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("", "x"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x", [1]));
        Assert.Throws<InvalidOperationException>(() => new Metadata.Entry("x-bin", [1]).Value);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
    }

    [Fact]
    public void The_last_of_a_key_counts()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "A", "3" } };
        Assert.Equal("3", metadata.GetValue("a"));
        Assert.Null(metadata.GetValue("c"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(entry => entry.Value));
    }
}
