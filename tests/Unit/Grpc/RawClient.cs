using System.Net;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Sends any bytes as a request and says what came back, status and trailers as they are.</summary>
public sealed class RawClient(HttpMessageHandler handler) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(handler);

    public const string Unary = "/nodeagent.tests.v1.Echo/Unary";

    public async Task<RawResponse> SendAsync(
        HttpContent body, string path = Unary, string contentType = "application/grpc", Version? version = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost" + path)
        {
            Version = version ?? HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request, CancellationToken.None).WaitAsync(EchoServer.Patience);
        var content = await response.Content.ReadAsByteArrayAsync().WaitAsync(EchoServer.Patience);
        return new RawResponse(response.StatusCode, content, Fields(response.Headers), Fields(response.TrailingHeaders));
    }

    public Task<RawResponse> SendAsync(byte[] body, params (string Name, string Value)[] headers) => SendAsync(new ByteArrayContent(body), headers: headers);

    /// <summary>A message with its header of five bytes.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> message, byte flag = 0) =>
        [flag, (byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message];

    public void Dispose() => _http.Dispose();

    private static Dictionary<string, string> Fields(System.Net.Http.Headers.HttpResponseHeaders headers) =>
        headers.NonValidated.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
