using Google.Protobuf;
using NodeAgent.Tests.Interop.Service;
using NodeAgent.Tests.Interop.Stock;
using NodeAgent.Tests.Interop.V1;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Interop;

/// <summary>curl against src/Grpc: what a call looks like from outside, and clear answers to what is none.</summary>
public sealed class CurlTests : IDisposable
{
    private const string Unary = "/interop.v1.InteropService/Unary", Grpc = "application/grpc";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-curl-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("unix")]
    [InlineData("tcp")]
    public void A_call_is_answered_with_headers_a_message_and_trailers(string transport)
    {
        var answer = Post(transport, Unary, Grpc, Frame(new Request { Text = "größer" }.ToByteArray()));
        Assert.Equal("HTTP/2 200", answer.Lines[0]);
        Assert.Contains("content-type: application/grpc", answer.Lines);
        Assert.Contains("grpc-status: 0", answer.Lines);
        Assert.Equal("größer", Response.Parser.ParseFrom(answer.Body.AsSpan(5).ToArray()).Text);
    }

    [SkippableTheory]
    [InlineData("unix")]
    [InlineData("tcp")]
    public void An_unknown_method_is_unimplemented(string transport)
    {
        var answer = Post(transport, "/interop.v1.InteropService/Nothing", Grpc, Frame([]));
        Assert.Equal("HTTP/2 200", answer.Lines[0]);
        Assert.Contains("grpc-status: 12", answer.Lines);
        Assert.Contains("grpc-message: There is no method /interop.v1.InteropService/Nothing here.", answer.Lines);
    }

    [SkippableTheory]
    [InlineData("application/json", "415")]
    [InlineData("text/plain", "415")]
    public void Another_content_type_is_not_supported(string contentType, string status)
    {
        var answer = Post("unix", Unary, contentType, "{}"u8.ToArray());
        Assert.Equal($"HTTP/2 {status}", answer.Lines[0]);
    }

    [SkippableTheory]
    [InlineData("unix")]
    [InlineData("tcp")]
    public void HTTP_1_1_is_told_to_speak_HTTP_2(string transport)
    {
        var answer = Post(transport, Unary, Grpc, Frame([]), "--http1.1");
        Assert.Equal("HTTP/1.1 400 Bad Request", answer.Lines[0]);
        Assert.Contains("HTTP/2", System.Text.Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(new byte[] { 0, 0xff, 0xff, 0xff, 0xff, 1 }, "8")]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 }, "13")]
    [InlineData(new byte[] { 7, 0, 0, 0, 0 }, "13")]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 1 }, "13")]
    [InlineData(new byte[] { 0, 0 }, "13")]
    [InlineData(new byte[0], "13")]
    public void Bytes_that_are_no_message_are_an_error(byte[] body, string status)
    {
        var answer = Post("unix", Unary, Grpc, body);
        Assert.Equal("HTTP/2 200", answer.Lines[0]);
        Assert.Contains($"grpc-status: {status}", answer.Lines);
        Assert.Contains(answer.Lines, static line => line.StartsWith("grpc-message: ", StringComparison.Ordinal));
    }

    private (string[] Lines, byte[] Body) Post(string transport, string path, string contentType, byte[] body, string version = "--http2-prior-knowledge")
    {
        StockTools.NeedProgram("curl");
        using var server = new InteropServer(transport);
        var (request, answer) = (Path.Combine(_folder.FullName, "request"), Path.Combine(_folder.FullName, "answer"));
        File.WriteAllBytes(request, body);
        string[] way = transport == "unix" ? ["--unix-socket", server.SocketPath, "http://localhost" + path] : [$"http://{server.Target}{path}"];
        var lines = Command.Run("curl", ["--silent", "--show-error", "--max-time", "60", version, "--dump-header", "-", "--output", answer, "--header", "content-type: " + contentType, "--header", "te: trailers", "--data-binary", "@" + request, .. way]);
        return (lines.Split('\n').Select(static line => line.Trim()).ToArray(), File.Exists(answer) ? File.ReadAllBytes(answer) : []);
    }

    private static byte[] Frame(byte[] message) => [0, (byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message];
}
