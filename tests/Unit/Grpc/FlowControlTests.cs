using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Readers that do not read: they hold up themselves and nobody else, and memory stays where it is.</summary>
public sealed class FlowControlTests
{
    private const int Size = 64 * 1024;

    [Fact]
    public async Task A_reader_that_stops_stops_its_writer_and_no_other_call_of_its_connection()
    {
        await using var server = await EchoServer.StartAsync();
        var written = 0;
        var stuck = new TaskCompletionSource();
        server.Service.OnServerStream = async (_, responses, context) =>
        {
            var payload = UnsafeByteOperations.UnsafeWrap(new byte[Size]);
            while (true)
            {
                var write = responses.WriteAsync(new EchoResponse { Payload = payload }, context.CancellationToken);
                if (!write.IsCompleted && await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(1))) != write && written > 0)
                    stuck.TrySetResult();
                await write;
                Interlocked.Increment(ref written);
            }
        };
        var client = server.Client();
        using var call = client.ServerStream(new EchoRequest());
        await call.ResponseHeadersAsync;
        await stuck.Task.WaitAsync(EchoServer.Patience);
        var atRest = Volatile.Read(ref written);

        Assert.Equal("beside", (await client.UnaryAsync(new EchoRequest { Text = "beside" })).Text);
        Assert.InRange(atRest * (long)Size, 1, 4 * 1024 * 1024);
        for (var i = 0; i < atRest + 10; i++)
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience));
    }

    [Fact]
    public async Task A_service_that_stops_reading_stops_its_client()
    {
        await using var server = await EchoServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Service.OnClientStream = async (requests, _) =>
        {
            await release.Task;
            var answer = new EchoResponse();
            while (await requests.MoveNext(CancellationToken.None))
                answer.Number++;
            return answer;
        };
        using var call = server.Client().ClientStream();
        var message = new EchoRequest { Payload = ByteString.CopyFrom(new byte[Size]) };
        var sent = 0;
        Task write;
        while ((write = call.RequestStream.WriteAsync(message)).IsCompleted || await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(1))) == write)
        {
            await write;
            Assert.InRange(++sent * (long)Size, 1, 16 * 1024 * 1024);
        }

        release.SetResult();
        await write;
        await call.RequestStream.CompleteAsync();
        Assert.Equal(sent + 1, (await call).Number);
    }

    [Fact]
    public async Task A_stuck_write_ends_with_its_token()
    {
        await using var server = await EchoServer.StartAsync();
        var ended = new TaskCompletionSource<Exception>();
        using var stop = new CancellationTokenSource();
        var full = new TaskCompletionSource();
        server.Service.OnServerStream = async (_, responses, _) =>
        {
            var message = new EchoResponse { Payload = UnsafeByteOperations.UnsafeWrap(new byte[Size]) };
            ended.SetResult(await Record.ExceptionAsync(async () =>
            {
                while (true)
                {
                    var write = responses.WriteAsync(message, stop.Token);
                    if (!write.IsCompleted && await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(1))) != write)
                        full.TrySetResult();
                    await write;
                }
            }));
        };
        using var call = server.Client().ServerStream(new EchoRequest());
        await full.Task.WaitAsync(EchoServer.Patience);
        await stop.CancelAsync();
        Assert.IsAssignableFrom<OperationCanceledException>(await ended.Task.WaitAsync(EchoServer.Patience));
    }

    [Fact]
    public async Task A_deadline_ends_a_call_whose_reader_has_stopped()
    {
        var time = new ManualTime();
        await using var server = await EchoServer.StartAsync(new() { Time = time });
        var ended = new TaskCompletionSource();
        var full = new TaskCompletionSource();
        server.Service.OnServerStream = async (_, responses, _) =>
        {
            var message = new EchoResponse { Payload = UnsafeByteOperations.UnsafeWrap(new byte[Size]) };
            await Record.ExceptionAsync(async () =>
            {
                while (true)
                {
                    var write = responses.WriteAsync(message);
                    if (!write.IsCompleted && await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(1))) != write)
                        full.TrySetResult();
                    await write;
                }
            });
            ended.SetResult();
        };
        using var call = server.Client(options => options.TimeProvider = new ManualTime())
            .ServerStream(new EchoRequest(), deadline: time.GetUtcNow().UtcDateTime.AddSeconds(10));
        await full.Task.WaitAsync(EchoServer.Patience);
        time.Advance(TimeSpan.FromSeconds(10));
        // The server waits a moment for the client to take what stands before the status.
        Assert.True(SpinWait.SpinUntil(() => time.Pending > 0 || ended.Task.IsCompleted, EchoServer.Patience));
        time.Advance(TimeSpan.FromSeconds(1));

        await ended.Task.WaitAsync(EchoServer.Patience);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience))
            {
            }
        });
        Assert.Contains(error.StatusCode, (StatusCode[])[StatusCode.Cancelled, StatusCode.DeadlineExceeded]);
    }

    [Fact]
    public async Task Messages_that_may_wait_go_with_the_next_that_may_not()
    {
        await using var server = await EchoServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Service.OnServerStream = async (_, responses, _) =>
        {
            responses.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
            await responses.WriteAsync(new EchoResponse { Number = 1 });
            responses.WriteOptions = null;
            await responses.WriteAsync(new EchoResponse { Number = 2 });
            await release.Task;
        };
        using var call = server.Client().ServerStream(new EchoRequest());
        for (var i = 1; i <= 2; i++)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience));
            Assert.Equal(i, call.ResponseStream.Current.Number);
        }

        release.SetResult();
    }
}
