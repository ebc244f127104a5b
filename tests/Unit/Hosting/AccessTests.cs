using System.Security.Authentication;
using Grpc.Core;
using NodeAgent.Config;
using NodeAgent.Hosting.Access;
using NodeAgent.Tests.Unit.Grpc;
using Xunit;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>Who gets in, and what whoever does not is told.</summary>
public class AccessTests
{
    [Fact]
    public async Task The_daemon_s_own_user_operates_over_the_socket_and_every_call_that_may_change_something_is_logged_in_one_line()
    {
        using var daemon = await new TestDaemon().Started();
        Assert.Equal("a", (await daemon.Client().UnaryAsync(new EchoRequest { Text = "a" })).Text);
        var line = await daemon.Log.Line("called");
        Assert.Matches($@"^Information access: uid {(Environment.IsPrivilegedProcess ? @"0 \(root\)" : @"\d+")}, process {Environment.ProcessId} called /nodeagent.tests.v1.Echo/Unary: OK after [0-9.]+ ms$", line);
    }

    [Fact]
    public async Task A_note_of_the_service_says_in_the_audit_log_what_the_call_was_about_and_cannot_break_the_line()
    {
        using var daemon = await new TestDaemon().Started();
        daemon.Service.OnUnary = (request, context) =>
        {
            context.GetHttpContext().Features.Get<ICallNote>()!.Note = "policy\nweb";
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "no"));
        };
        await Assert.ThrowsAsync<RpcException>(async () => await daemon.Client().UnaryAsync(new EchoRequest()));
        Assert.Contains(".Echo/Unary policy?web: FailedPrecondition after", await daemon.Log.Line("called"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_over_TCP_is_who_its_certificate_says_and_the_service_sees_it()
    {
        using var daemon = await new TestDaemon().Started();
        Caller? caller = null;
        daemon.Service.OnUnary = (request, context) =>
        {
            caller = context.GetHttpContext().Features.Get<ICallerFeature>()!.Caller;
            return Task.FromResult(EchoService.Answer(request));
        };
        using var certificate = daemon.Authority.Issue("CN=whoever", TestDaemon.Operator);
        await daemon.Client(certificate).UnaryAsync(new EchoRequest());
        Assert.Equal((TestDaemon.Operator, Role.Operate, "tcp"), (caller!.Who, caller.Role, caller.Transport));
        Assert.Equal("127.0.0.1", caller.Peer!.MapToIPv4().ToString());
        await daemon.Log.Line("spiffe://test/operator from 127.0.0.1 called /nodeagent.tests.v1.Echo/Unary: OK");
    }

    [Theory]
    [InlineData("CN=nobody", "spiffe://test/nobody", StatusCode.PermissionDenied, "spiffe://test/nobody has no role here: grpc.tcp.identities does not name it")]
    [InlineData("CN=x", TestDaemon.Reader, StatusCode.PermissionDenied, "spiffe://test/reader has the role read, and this call needs the role operate")]
    [InlineData("CN=spiffe://test/operator", null, StatusCode.PermissionDenied, "CN=spiffe://test/operator has no role here: grpc.tcp.identities does not name it")]
    [InlineData("O=nameless", null, StatusCode.Unauthenticated, "the client certificate names nobody: it needs a URI among its subject alternative names, or one CN")]
    [InlineData("CN=a, CN=b", null, StatusCode.Unauthenticated, "the client certificate names nobody: it needs a URI among its subject alternative names, or one CN")]
    public async Task Whoever_may_not_is_told_why_and_the_service_sees_nothing(string subject, string? uri, StatusCode code, string message)
    {
        using var daemon = await new TestDaemon().Started();
        daemon.Service.OnUnary = (_, _) => throw new InvalidOperationException("this call was not to come here");
        using var certificate = daemon.Authority.Issue(subject, uri);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await daemon.Client(certificate).UnaryAsync(new EchoRequest()));
        Assert.Equal((code, message), (error.StatusCode, error.Status.Detail));
        Assert.StartsWith("Warning access: ", await daemon.Log.Line($"was refused /nodeagent.tests.v1.Echo/Unary: {code}: {message}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_handshake_without_a_certificate_or_with_one_that_is_expired_foreign_or_not_for_clients()
    {
        using var daemon = await new TestDaemon().Started();
        var (authority, foreign) = (daemon.Authority, new TestAuthority("test clients"));
        using var expired = authority.Issue("CN=x", TestDaemon.Operator, fromDay: -3, toDay: -1);
        using var other = foreign.Issue("CN=x", TestDaemon.Operator);
        using var server = authority.Issue("CN=x", TestDaemon.Operator, TestAuthority.ServerUse);
        foreach (var certificate in new[] { null, expired, other, server })
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () => await daemon.Client(certificate).UnaryAsync(new EchoRequest()));
            Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        }

        Assert.DoesNotContain(daemon.Log.All, static l => l.Contains("called", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("none", "the client shows no certificate")]
    [InlineData("expired", "it, or an authority of it, has expired or is not valid yet")]
    [InlineData("foreign", "none of the authorities in grpc.tcp.clientCa vouches for it")]
    [InlineData("server", "it is not made for clients (extended key usage clientAuth)")]
    [InlineData("1.2", "the client offers no TLS 1.3")]
    public async Task A_handshake_that_fails_is_logged_with_its_reason(string kind, string reason)
    {
        using var daemon = await new TestDaemon().Started();
        using var certificate = kind switch
        {
            "none" => null,
            "expired" => daemon.Authority.Issue("CN=x", TestDaemon.Operator, fromDay: -3, toDay: -1),
            "foreign" => new TestAuthority("test clients").Issue("CN=x", TestDaemon.Operator),
            "server" => daemon.Authority.Issue("CN=x", TestDaemon.Operator, TestAuthority.ServerUse),
            _ => daemon.Authority.Issue("CN=x", TestDaemon.Operator),
        };
        await Assert.ThrowsAsync<RpcException>(async () => await daemon.Client(certificate, kind == "1.2" ? SslProtocols.Tls12 : SslProtocols.None).UnaryAsync(new EchoRequest()));
        Assert.Contains(reason, await daemon.Log.Line("Warning access: no TLS with 127.0.0.1:"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_revoked_ends_the_streams_it_let_in_and_no_others()
    {
        using var daemon = await new TestDaemon(clock: new PatientTime()).Started();
        daemon.Service.OnServerStream = async (request, responses, context) =>
        {
            await responses.WriteAsync(new EchoResponse());
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using var certificate = daemon.Authority.Issue("CN=x", TestDaemon.Operator);
        using var revoked = daemon.Client(certificate).ServerStream(new EchoRequest());
        using var kept = daemon.Client().ServerStream(new EchoRequest());
        Assert.True(await revoked.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(await kept.ResponseStream.MoveNext(CancellationToken.None));

        daemon.Reconfigure(static c => c with { Grpc = c.Grpc with { Tcp = c.Grpc.Tcp! with { Identities = [new ClientIdentity { Uri = TestDaemon.Operator, Role = Role.Read }] } } });
        var error = await Assert.ThrowsAsync<RpcException>(async () => await revoked.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.PermissionDenied, "spiffe://test/operator has the role read, and this call needs the role operate"), (error.StatusCode, error.Status.Detail));
        Assert.Contains("PermissionDenied", await daemon.Log.Line("called /nodeagent.tests.v1.Echo/ServerStream"), StringComparison.Ordinal);
        Assert.Equal(1, daemon.Access.Open);

        daemon.Stop();
        error = await Assert.ThrowsAsync<RpcException>(async () => await kept.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.Unavailable, "the agent is being stopped"), (error.StatusCode, error.Status.Detail));
        Assert.False(File.Exists(daemon.SocketPath));
    }

    [Fact]
    public async Task A_service_that_does_not_listen_to_its_token_loses_its_stream()
    {
        using var daemon = await new TestDaemon().Started();
        var end = new TaskCompletionSource();
        daemon.Service.OnUnary = async (request, _) =>
        {
            await end.Task;
            return EchoService.Answer(request);
        };
        using var certificate = daemon.Authority.Issue("CN=x", TestDaemon.Operator);
        var call = daemon.Client(certificate).UnaryAsync(new EchoRequest()).ResponseAsync;
        while (daemon.Access.Open == 0) await Task.Delay(5);
        daemon.Reconfigure(static c => c with { Grpc = c.Grpc with { Tcp = c.Grpc.Tcp! with { Identities = [new ClientIdentity { CommonName = "y", Role = Role.Read }] } } });
        await Assert.ThrowsAsync<RpcException>(() => call.WaitAsync(EchoServer.Patience));
        end.SetResult();
    }

    /// <summary>No time that is given to anybody runs out.</summary>
    private sealed class PatientTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
