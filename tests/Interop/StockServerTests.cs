using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using NodeAgent.Tests.Interop.Stock;
using NodeAgent.Tests.Interop.V1;
using Xunit;

namespace NodeAgent.Tests.Interop;

/// <summary>The client of src/Grpc against the servers of grpcio and grpc-js.</summary>
public sealed class StockServerTests(StockServerTests.Servers servers) : IClassFixture<StockServerTests.Servers>
{
    private const int Mebi = 1 << 20;

    public static TheoryData<string> Languages => ["python", "node"];

    private static DateTime Deadline => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(60);

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Every_kind_of_call(string language)
    {
        var client = servers.Client(language);
        Assert.Equal("größer", (await client.UnaryAsync(new Request { Text = "größer" }, deadline: Deadline)).Text);

        using var streamed = client.ServerStream(new Request { Count = 500 }, deadline: Deadline);
        Assert.Equal(Enumerable.Range(0, 500), (await All(streamed.ResponseStream)).Select(static r => r.Number));

        using var joined = client.ClientStream(deadline: Deadline);
        for (var i = 0; i < 500; i++) await joined.RequestStream.WriteAsync(new Request { Text = $"{i}" });
        await joined.RequestStream.CompleteAsync();
        Assert.Equal((500, string.Concat(Enumerable.Range(0, 500))), ((await joined).Number, (await joined).Text));

        using var duplex = client.Bidi(deadline: Deadline);
        for (var i = 0; i < 200; i++)
        {
            await duplex.RequestStream.WriteAsync(new Request { Text = $"{i}" });
            Assert.True(await duplex.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal($"{i}", duplex.ResponseStream.Current.Text);
        }

        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext(CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Deadlines_and_cancellation_reach_the_server(string language)
    {
        var client = servers.Client(language);
        // The shortest one within which the server begins.
        foreach (var seconds in (double[])[0.5, 5, 50])
        {
            using var late = client.Hang(new Request { Key = "late" }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(seconds));
            var begun = 0;
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                while (await late.ResponseStream.MoveNext(CancellationToken.None)) begun++;
            });
            Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
            if (begun > 0) break;
        }

        Assert.Equal(1, (await client.WaitCancelledAsync(new Request { Key = "late" }, deadline: Deadline)).Number);

        using var stop = new CancellationTokenSource();
        using var call = client.Hang(new Request { Key = "cancelled" }, cancellationToken: stop.Token);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        await stop.CancelAsync();
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => All(call.ResponseStream))).StatusCode);
        Assert.Equal(1, (await client.WaitCancelledAsync(new Request { Key = "cancelled" }, deadline: Deadline)).Number);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Metadata_goes_both_ways(string language)
    {
        var all = Enumerable.Range(0, 256).Select(static i => (byte)i).ToArray();
        var sent = new Metadata { { "x-echo", "one" }, { "x-echo", "two" }, { "x-echo-bin", [0, 1, 255] }, { "x-trail", "end" }, { "x-trail-bin", all } };
        var call = servers.Client(language).UnaryAsync(new Request(), sent, Deadline);
        var headers = await call.ResponseHeadersAsync;
        await call;
        Assert.Equal("one, two", string.Join(", ", headers.GetAll("x-echo").Select(static e => e.Value)));
        Assert.Equal([0, 1, 255], headers.GetValueBytes("x-echo-bin"));
        Assert.Equal("end", call.GetTrailers().GetValue("x-trail"));
        Assert.Equal(all, call.GetTrailers().GetValueBytes("x-trail-bin"));
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Large_messages_and_gzip(string language)
    {
        var client = servers.Client(language);
        var payload = ByteString.CopyFrom(new byte[3 * Mebi]);
        Assert.Equal(payload, (await client.UnaryAsync(new Request { Payload = payload }, deadline: Deadline)).Payload);
        var tooMuch = client.UnaryAsync(new Request { Payload = ByteString.CopyFrom(new byte[5 * Mebi]) }, deadline: Deadline);
        Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<RpcException>(async () => await tooMuch)).StatusCode);

        var zipped = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        Assert.Equal(payload, (await client.UnaryAsync(new Request { Payload = payload, Compress = true }, zipped, Deadline)).Payload);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Statuses_with_details(string language)
    {
        var client = servers.Client(language);
        var request = new Request { Code = 3, Text = "50 % größer\n✓", Key = "mtu", Count = 3 };
        Refused(await Assert.ThrowsAsync<RpcException>(async () => await client.FailAsync(request, deadline: Deadline)));
        using var call = client.FailStream(request, deadline: Deadline);
        for (var i = 0; i < 3; i++) Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Refused(await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None)));

        static void Refused(RpcException error)
        {
            Assert.Equal((StatusCode.InvalidArgument, "50 % größer\n✓"), (error.StatusCode, error.Status.Detail));
            var details = Google.Rpc.Status.Parser.ParseFrom(error.Trailers.GetValueBytes("grpc-status-details-bin")).Details;
            Assert.Equal("mtu", Assert.Single(Assert.Single(details).Unpack<BadRequest>().FieldViolations).Field);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task A_thousand_calls_at_once(string language)
    {
        var client = servers.Client(language);
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.UnaryAsync(new Request { Text = $"{i}" }, deadline: Deadline).ResponseAsync));
        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => $"{i}"), answers.Select(static a => a.Text));
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task A_server_that_does_not_read_stops_its_own_call_alone(string language)
    {
        var client = servers.Client(language);
        using var call = client.SlowRead(deadline: Deadline);
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (; written < 400; written++) await call.RequestStream.WriteAsync(new Request { Key = "reads slowly", Payload = ByteString.CopyFrom(new byte[64 << 10]) });
            await call.RequestStream.CompleteAsync();
        });
        for (var before = -1; before != written || before == 0; await Task.Delay(300)) before = written;
        Assert.InRange(written, 1, 399);
        Assert.Equal("by", (await client.UnaryAsync(new Request { Text = "by" }, deadline: Deadline)).Text);
        await client.ReleaseAsync(new Request { Key = "reads slowly" }, deadline: Deadline);
        await writing;
        Assert.Equal(400, (await call).Number);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task A_client_that_does_not_read_stops_its_own_call_alone(string language)
    {
        var client = servers.Client(language);
        using var call = client.ServerStream(new Request { Key = "slow", Count = 400, Size = 64 << 10 }, deadline: Deadline);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var sent = -1;
        for (var before = -2; before != sent || sent == 0; await Task.Delay(300)) (before, sent) = (sent, (await client.SentAsync(new Request { Key = "slow" }, deadline: Deadline)).Number);
        Assert.InRange(sent, 1, 399);
        Assert.Equal(399, (await All(call.ResponseStream)).Count);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task A_restarted_server_is_found_again(string language)
    {
        StockTools.Need(language);
        using var server = new StockServer(language);
        using var channel = server.Connect();
        var client = new V1.InteropService.InteropServiceClient(channel);
        using var call = client.Hang(new Request { Key = "over" }, deadline: Deadline);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        await client.RestartAsync(new Request(), deadline: Deadline);
        Assert.Equal("stopping", Assert.Single(await All(call.ResponseStream)).Text);
        for (var end = Deadline; ;)
        {
            try
            {
                Assert.Equal("again", (await client.UnaryAsync(new Request { Text = "again" }, deadline: Deadline)).Text);
                return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && TimeProvider.System.GetUtcNow().UtcDateTime < end)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<List<Response>> All(IAsyncStreamReader<Response> responses)
    {
        var all = new List<Response>();
        await foreach (var response in responses.ReadAllAsync()) all.Add(response);
        return all;
    }

    /// <summary>A server and a channel to it for each language.</summary>
    public sealed class Servers : IDisposable
    {
        private readonly Dictionary<string, (StockServer Server, Grpc.Net.Client.GrpcChannel Channel)> _all = [];

        public V1.InteropService.InteropServiceClient Client(string language)
        {
            StockTools.Need(language);
            if (!_all.TryGetValue(language, out var one))
            {
                var server = new StockServer(language);
                _all[language] = one = (server, server.Connect());
            }

            return new V1.InteropService.InteropServiceClient(one.Channel);
        }

        public void Dispose()
        {
            foreach (var (server, channel) in _all.Values)
            {
                channel.Dispose();
                server.Dispose();
            }
        }
    }
}
