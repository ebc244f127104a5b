using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NodeAgent.Config;
using NodeAgent.Hosting;
using NodeAgent.Tests.Unit.Grpc;
using Xunit;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>Where it cannot listen, and what it does about it.</summary>
public sealed class ListenerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-hosting-");

    private string SocketPath => Path.Combine(_folder.FullName, "a.sock");

    [Fact]
    public void The_socket_of_a_dead_process_is_replaced_and_is_for_owner_and_group_alone()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, "b.sock")));
            File.Move(Path.Combine(_folder.FullName, "b.sock"), SocketPath);
        }

        Assert.True(File.Exists(SocketPath));
        using var socket = UnixSocket.Bind(SocketPath, null);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(SocketPath));
    }

    [Fact]
    public void The_socket_of_a_live_process_is_not_taken_from_it()
    {
        using var live = UnixSocket.Bind(SocketPath, null);
        live.Listen();
        Assert.Equal($"{SocketPath} is listened on by another process: it is not taken from it", Assert.Throws<IOException>(() => UnixSocket.Bind(SocketPath, null)).Message);
    }

    [Fact]
    public void A_file_that_is_no_socket_stays()
    {
        File.WriteAllText(SocketPath, "mine");
        Assert.Contains("is there and is no socket", Assert.Throws<IOException>(() => UnixSocket.Bind(SocketPath, null)).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(SocketPath));
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_that_is_said_once_holds_up_nothing_and_is_tried_again()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var address = (IPEndPoint)taken.LocalEndPoint!;
        using var daemon = new TestDaemon(c => c with { Metrics = c.Metrics with { Address = address } });
        Assert.StartsWith($"Error host: http: {address} cannot be listened on: another process does already", await daemon.Log.Line("next try in"), StringComparison.Ordinal);
        Assert.Contains(daemon.Readiness.Snapshot, static p => p is { Name: "http", Ready: false });
        await daemon.Client().UnaryAsync(new EchoRequest());

        taken.Dispose();
        await daemon.Started();
        Assert.Single(daemon.Log.All, static l => l.Contains("next try in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_served_closes_its_socket_before_the_next_try_binds_another()
    {
        using var daemon = await new TestDaemon().Started();
        var listener = new FailingListener();
        using var listeners = new Listeners([listener]);
        listeners.Serve(daemon.Parts);
        Assert.True(await listener.BoundAgain.WaitAsync(TimeSpan.FromSeconds(60)), "the first one's socket is open still");
        Assert.StartsWith("Error host: failing: no room; the network is looked after all the same", await daemon.Log.Line("no room"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_is_not_there_leaves_the_socket_closed_and_says_what_to_do()
    {
        using var daemon = new TestDaemon(static c => c with { Grpc = c.Grpc with { Socket = c.Grpc.Socket with { Group = "no-such-group" } } });
        Assert.Contains("grpc.socket.group: this machine has no group 'no-such-group': make it", await daemon.Log.Line("next try in"), StringComparison.Ordinal);
        Assert.False(File.Exists(daemon.SocketPath));
    }

    [Fact]
    public async Task A_client_that_no_longer_answers_loses_its_connection()
    {
        using var daemon = await new TestDaemon(static c => c with { Grpc = c.Grpc with { Limits = new GrpcLimits { KeepAlive = TimeSpan.FromSeconds(1), KeepAliveTimeout = TimeSpan.FromSeconds(1) } } }).Started();
        daemon.Service.OnUnary = static async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new EchoResponse();
        };
        using var socket = await daemon.Connect();
        await socket.SendAsync((byte[])[.. RawHttp2.Preface, .. RawHttp2.Call(1, "/nodeagent.tests.v1.Echo/Unary"), .. RawHttp2.Frame(RawHttp2.Data, 1, 1, RawHttp2.Message([]))]);
        var sent = await RawHttp2.ReadToEnd(socket, EchoServer.Patience);
        Assert.True(sent.AsSpan().IndexOf(RawHttp2.Frame(RawHttp2.Ping, 0, 0, new byte[8]).AsSpan(0, 9)) >= 0, "no ping came");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class FailingListener : Listener
    {
        private readonly TaskCompletionSource<bool> _boundAgain = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Socket? _first;

        /// <summary>Ends when it is to bind for the second time, and says whether the first socket is closed then.</summary>
        public Task<bool> BoundAgain => _boundAgain.Task;

        public override string Name => "failing";

        public override string Place => "nowhere";

        public override Socket Bind()
        {
            if (_first is not null) _boundAgain.TrySetResult(_first.SafeHandle.IsClosed);
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _first ??= socket;
            return socket;
        }

        public override void Limit(KestrelServerOptions options)
        {
        }

        public override void Configure(ListenOptions options, DaemonParts parts)
        {
        }

        public override void Map(WebApplication app, DaemonParts parts) => throw new IOException("no room");
    }
}
