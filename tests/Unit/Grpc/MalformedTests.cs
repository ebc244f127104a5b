using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Requests that are no calls, or broken ones: an answer each, and the server goes on.</summary>
public sealed class MalformedTests
{
    public static TheoryData<string, byte[], string> Bodies => new()
    {
        { "nothing", [], "ended without a message" },
        { "half a header", [0, 0, 0], "3 bytes after its start" },
        { "a message cut short", [0, 0, 0, 0, 10, 1, 2, 3], "8 bytes after its start" },
        { "a flag that is none", [2, 0, 0, 0, 0], "first byte of a message is 2" },
        { "two messages", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "bytes after the message" },
        { "garbage after the message", [0, 0, 0, 0, 0, 0xff], "bytes after the message" },
        { "a tag of wire type 7", [0, 0, 0, 0, 2, 0x0f, 0xff], "could not be read as EchoRequest" },
        { "a length beyond the message", [0, 0, 0, 0, 2, 0x12, 0x7f], "could not be read as EchoRequest" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_broken_body_is_internal(string what, byte[] body, string message)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        var response = await raw.SendAsync(body);
        Assert.Equal((what, StatusCode.Internal), (what, response.Status));
        Assert.Contains(message, response.Message, StringComparison.Ordinal);
        Assert.Equal(StatusCode.OK, (await raw.SendAsync(RawClient.Frame([]))).Status);
    }

    /// <summary>Google.Protobuf reads it so; what a text may hold is for the service to check.</summary>
    [Fact]
    public async Task Invalid_utf_8_becomes_the_replacement_character()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        var response = await raw.SendAsync(RawClient.Frame([0x0a, 0x01, 0xff]));
        Assert.Equal(StatusCode.OK, response.Status);
        Assert.Equal("\ufffd", EchoResponse.Parser.ParseFrom(response.Body[5..]).Text);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_in_a_message_is_internal()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        var response = await raw.SendAsync(new ByteArrayContent([.. RawClient.Frame([]), 0, 0]), "/nodeagent.tests.v1.Echo/ClientStream");
        Assert.Equal(StatusCode.Internal, response.Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpcx")]
    [InlineData("")]
    public async Task Another_content_type_is_415(string contentType)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        var response = await raw.SendAsync(new ByteArrayContent(RawClient.Frame([])), contentType: contentType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.Http);
        Assert.Contains($"'{contentType}'", response.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    [InlineData("APPLICATION/GRPC")]
    public async Task Forms_of_the_content_type(string contentType)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        Assert.Equal(StatusCode.OK, (await raw.SendAsync(new ByteArrayContent(RawClient.Frame([])), contentType: contentType)).Status);
    }

    [Fact]
    public async Task Http_1_where_both_are_spoken_is_426()
    {
        await using var server = await EchoServer.StartAsync(new() { Protocols = HttpProtocols.Http1 });
        using var raw = server.Raw();
        var response = await raw.SendAsync(new ByteArrayContent(RawClient.Frame([])), version: HttpVersion.Version11);
        Assert.Equal(HttpStatusCode.UpgradeRequired, response.Http);
        Assert.Contains("gRPC needs HTTP/2", response.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_1_where_only_http_2_is_spoken_is_400()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        Assert.Equal(HttpStatusCode.BadRequest, (await raw.SendAsync(new ByteArrayContent([]), version: HttpVersion.Version11)).Http);
    }

    [Fact]
    public async Task What_is_no_call_and_no_method_is_404()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        Assert.Equal(HttpStatusCode.NotFound, (await raw.SendAsync(new ByteArrayContent([]), "/some/path", "text/plain")).Http);
    }
}
