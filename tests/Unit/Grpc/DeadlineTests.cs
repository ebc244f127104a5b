using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Deadlines, on the server's clock and on the client's.</summary>
public sealed class DeadlineTests
{
    [Fact]
    public async Task The_service_learns_the_deadline()
    {
        var time = new ManualTime();
        await using var server = await EchoServer.StartAsync(new() { Time = time });
        DateTime seen = default;
        server.Service.OnUnary = (request, context) =>
        {
            seen = context.Deadline;
            return Task.FromResult(EchoService.Answer(request));
        };
        var deadline = time.GetUtcNow().UtcDateTime.AddSeconds(90);
        await server.Client(options => options.TimeProvider = time).UnaryAsync(new EchoRequest(), deadline: deadline);

        Assert.Equal(deadline, seen);
        // The server puts its timer away after it has answered.
        Assert.True(SpinWait.SpinUntil(() => time.Pending == 0, EchoServer.Patience));
    }

    [Fact]
    public async Task At_the_deadline_the_server_answers_and_cancels_the_service()
    {
        var time = new ManualTime();
        await using var server = await EchoServer.StartAsync(new() { Time = time });
        var entered = new TaskCompletionSource();
        var left = new TaskCompletionSource<Exception>();
        server.Service.OnUnary = async (_, context) =>
        {
            entered.SetResult();
            left.SetResult(await Record.ExceptionAsync(() => Task.Delay(Timeout.Infinite, context.CancellationToken)));
            throw new InvalidOperationException("too late to say anything");
        };
        using var raw = server.Raw();
        var response = raw.SendAsync(RawClient.Frame([]), ("grpc-timeout", "10S"));
        await entered.Task.WaitAsync(EchoServer.Patience);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(StatusCode.DeadlineExceeded, (await response).Status);
        Assert.IsAssignableFrom<OperationCanceledException>(await left.Task.WaitAsync(EchoServer.Patience));
    }

    [Fact]
    public async Task A_service_that_does_not_listen_holds_nobody_up()
    {
        var time = new ManualTime();
        await using var server = await EchoServer.StartAsync(new() { Time = time });
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var late = new TaskCompletionSource<Exception>();
        server.Service.OnServerStream = async (_, responses, _) =>
        {
            await responses.WriteAsync(new EchoResponse { Number = 1 });
            entered.SetResult();
            await release.Task;
            late.SetResult(await Record.ExceptionAsync(() => responses.WriteAsync(new EchoResponse { Number = 2 })));
        };
        using var raw = server.Raw();
        var response = raw.SendAsync(new ByteArrayContent(RawClient.Frame([])), "/nodeagent.tests.v1.Echo/ServerStream", headers: ("grpc-timeout", "1S"));
        await entered.Task.WaitAsync(EchoServer.Patience);
        time.Advance(TimeSpan.FromSeconds(1));

        var answer = await response;
        Assert.Equal(StatusCode.DeadlineExceeded, answer.Status);
        Assert.Equal(RawClient.Frame([24, 1]), answer.Body);
        release.SetResult();
        Assert.IsAssignableFrom<OperationCanceledException>(await late.Task.WaitAsync(EchoServer.Patience));
    }

    [Fact]
    public async Task A_stream_that_its_service_ends_well_at_the_deadline_is_overdue()
    {
        var time = new ManualTime();
        await using var server = await EchoServer.StartAsync(new() { Time = time });
        var entered = new TaskCompletionSource();
        server.Service.OnServerStream = async (_, _, context) =>
        {
            var end = new TaskCompletionSource();
            using var registration = context.CancellationToken.Register(end.SetResult);
            entered.SetResult();
            await end.Task;
        };
        using var raw = server.Raw();
        var response = raw.SendAsync(new ByteArrayContent(RawClient.Frame([])), "/nodeagent.tests.v1.Echo/ServerStream", headers: ("grpc-timeout", "1S"));
        await entered.Task.WaitAsync(EchoServer.Patience);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(StatusCode.DeadlineExceeded, (await response).Status);
    }

    [Fact]
    public async Task A_stream_of_requests_is_reset_at_the_deadline()
    {
        var time = new ManualTime();
        await using var server = await EchoServer.StartAsync(new() { Time = time });
        var entered = new TaskCompletionSource();
        server.Service.OnClientStream = async (requests, _) =>
        {
            entered.SetResult();
            while (await requests.MoveNext(CancellationToken.None))
            {
            }

            return new EchoResponse();
        };
        using var call = server.Client(options => options.TimeProvider = new ManualTime()).ClientStream(deadline: time.GetUtcNow().UtcDateTime.AddSeconds(1));
        await call.RequestStream.WriteAsync(new EchoRequest());
        await entered.Task.WaitAsync(EchoServer.Patience);
        time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(EchoServer.Patience));
        Assert.Equal((StatusCode.DeadlineExceeded, "The deadline passed."), (error.StatusCode, error.Status.Detail));
        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest()))).StatusCode);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("123456789S")]
    [InlineData("soon")]
    public async Task A_malformed_timeout_is_an_error(string timeout)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        var response = await raw.SendAsync(RawClient.Frame([]), ("grpc-timeout", timeout));
        Assert.Equal(StatusCode.Internal, response.Status);
        Assert.Contains($"'{timeout}'", response.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_timeout_is_none()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        Assert.Equal(StatusCode.OK, (await raw.SendAsync(RawClient.Frame([]), ("grpc-timeout", "99999999H"))).Status);
    }

    [Fact]
    public async Task The_client_does_not_wait_for_a_server_that_misses_the_deadline()
    {
        var time = new ManualTime();
        await using var server = await EchoServer.StartAsync();
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        server.Service.OnUnary = async (_, context) =>
        {
            using var registration = context.GetHttpContext().RequestAborted.Register(cancelled.SetResult);
            entered.SetResult();
            await cancelled.Task;
            return new EchoResponse();
        };
        var call = server.Client(options => options.TimeProvider = time).UnaryAsync(new EchoRequest(), deadline: time.GetUtcNow().UtcDateTime.AddHours(1));
        await entered.Task.WaitAsync(EchoServer.Patience);
        time.Advance(TimeSpan.FromHours(1));

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(EchoServer.Patience));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
        await cancelled.Task.WaitAsync(EchoServer.Patience);
    }

    [Fact]
    public async Task A_stream_ends_at_the_clients_deadline_though_nobody_reads_it()
    {
        var time = new ManualTime();
        await using var server = await EchoServer.StartAsync();
        var cancelled = new TaskCompletionSource();
        server.Service.OnServerStream = async (_, responses, context) =>
        {
            await responses.WriteAsync(new EchoResponse());
            await Record.ExceptionAsync(() => Task.Delay(Timeout.Infinite, context.GetHttpContext().RequestAborted));
            cancelled.SetResult();
        };
        using var call = server.Client(options => options.TimeProvider = time).ServerStream(new EchoRequest(), deadline: time.GetUtcNow().UtcDateTime.AddSeconds(5));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        time.Advance(TimeSpan.FromSeconds(5));

        await cancelled.Task.WaitAsync(EchoServer.Patience);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task A_deadline_in_the_past_needs_no_server()
    {
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress("http://nowhere.invalid");
        var error = await Assert.ThrowsAsync<RpcException>(() => new Echo.EchoClient(channel).UnaryAsync(new EchoRequest(), deadline: DateTime.UnixEpoch).ResponseAsync);
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }
}
