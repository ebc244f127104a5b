using System.Net;
using System.Net.Sockets;
using System.Text;
using NodeAgent.Config;
using NodeAgent.Logging;
using NodeAgent.Systemd;
using Xunit;

namespace NodeAgent.Tests.Unit.Systemd;

/// <summary>The manager hears of life only while every part answers.</summary>
public sealed class WatchdogTests : IDisposable
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-watchdog-").FullName;
    private readonly MemoryStream _log = new();
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public WatchdogTests() => _manager.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "notify")));

    public void Dispose()
    {
        _manager.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("0", null, null)]
    [InlineData("x", null, null)]
    [InlineData(null, null, null)]
    [InlineData("30000000", "1", null)]
    public void The_limit_is_the_managers(string? microseconds, string? process, double? seconds)
    {
        var environment = new Dictionary<string, string?> { ["WATCHDOG_USEC"] = microseconds, ["WATCHDOG_PID"] = process };
        Assert.Equal(seconds, Watchdog.LimitOf(environment.GetValueOrDefault)?.TotalSeconds);
    }

    [Fact]
    public async Task Alive_while_all_answer_and_silent_with_a_reason_when_one_does_not()
    {
        using var logs = new LogFactory(_log, new LogSettings(), isJournal: true, TimeProvider.System);
        using var notifier = Notifier.FromEnvironment(_ => Path.Combine(_folder, "notify"), TimeProvider.System);
        var part = new Part();
        var watchdog = new Watchdog(notifier, TimeSpan.FromSeconds(30), [new Part(), part], TimeProvider.System, logs.CreateLogger("host"));

        await watchdog.Check(s_short, CancellationToken.None);
        Assert.Equal("WATCHDOG=1", Received());

        part.Answer = "the loop has not come round";
        await watchdog.Check(s_short, CancellationToken.None);
        Assert.Equal(0, _manager.Available);
        Assert.Contains("the loop has not come round", Encoding.UTF8.GetString(_log.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_takes_connections_and_says_nothing_is_not_alive()
    {
        var path = Path.Combine(_folder, "silent.sock");
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        server.Bind(new UnixDomainSocketEndPoint(path));
        server.Listen();
        var heartbeat = new ServerHeartbeat("the gRPC server", new UnixDomainSocketEndPoint(path), HttpVersion.Version20);
        Assert.Equal("the gRPC server has not answered within 100ms", await heartbeat.Problem(s_short, CancellationToken.None));
    }

    [Fact]
    public async Task A_socket_that_is_gone_is_nothing_a_restart_would_mend()
    {
        var heartbeat = new ServerHeartbeat("the gRPC server", new UnixDomainSocketEndPoint(Path.Combine(_folder, "gone.sock")), HttpVersion.Version20);
        Assert.Null(await heartbeat.Problem(TimeSpan.FromSeconds(20), CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_answers_anything_is_alive()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen();
        var serve = Task.Run(async () =>
        {
            using var client = await server.AcceptAsync();
            await client.ReceiveAsync(new byte[4096]);
            await client.SendAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        });
        var heartbeat = new ServerHeartbeat("the HTTP server", server.LocalEndPoint!, HttpVersion.Version11);
        Assert.Null(await heartbeat.Problem(TimeSpan.FromSeconds(20), CancellationToken.None));
        await serve;
    }

    private string Received()
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, _manager.Receive(buffer));
    }

    private sealed class Part : IHeartbeat
    {
        public string? Answer { get; set; }

        public Task<string?> Problem(TimeSpan within, CancellationToken cancellation) => Task.FromResult(Answer);
    }
}
