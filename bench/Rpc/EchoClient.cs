using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Net.Client;

namespace NodeAgent.Bench.Rpc;

/// <summary>One connection to the server by gRPC and one by bare HTTP/2, with the same payload.</summary>
internal sealed class EchoClient : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly Echo.EchoClient _echo;
    private readonly HttpClient _http;
    private readonly ByteString _payload;

    public EchoClient(string socket, int payload)
    {
        _payload = ByteString.CopyFrom(new byte[payload]);
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = Handler(socket) });
        _echo = new Echo.EchoClient(_channel);
        _http = new HttpClient(Handler(socket)) { BaseAddress = new Uri("http://localhost"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task SayAsync()
    {
        using var call = _echo.SayAsync(new SayRequest { Payload = _payload });
        await call.ResponseAsync.ConfigureAwait(false);
    }

    public async Task FloorSayAsync()
    {
        using var response = await _http.SendAsync(Request(EchoServer.FloorSay)).ConfigureAwait(false);
        await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
    }

    public async Task RepeatAsync(int count)
    {
        using var call = _echo.Repeat(new RepeatRequest { Payload = _payload, Count = count });
        while (await call.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false)) count--;
        if (count != 0) throw new InvalidOperationException($"{count} messages are missing.");
    }

    public async Task FloorRepeatAsync(int count)
    {
        using var response = await _http.SendAsync(Request(string.Create(CultureInfo.InvariantCulture, $"{EchoServer.FloorRepeat}?count={count}")), HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        await using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        await body.CopyToAsync(Stream.Null).ConfigureAwait(false);
    }

    /// <summary>Bytes the server has allocated so far.</summary>
    public async Task<long> AllocatedAsync() => (await _echo.UsageAsync(new UsageRequest())).Allocated;

    public void Dispose()
    {
        _http.Dispose();
        _channel.Dispose();
    }

    private HttpRequestMessage Request(string path) => new(HttpMethod.Post, path)
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        // As long as the message of gRPC with its prefix and field.
        Content = new ByteArrayContent(new byte[_payload.Length + 7]),
    };

    private static SocketsHttpHandler Handler(string path) => new()
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
