using System.Net;
using System.Net.Sockets;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm.Systemd;

/// <summary>The socket that systemd holds: it starts the daemon, outlives it, and lets callers wait during an upgrade.</summary>
public sealed class SocketTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [VmTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_its_owner_and_group_may_connect(bool activated)
    {
        using var node = new ServiceNode();
        if (activated) node.Start(ServiceNode.Socket);
        node.Start();
        Assert.True(Wait.Until(() => File.Exists(ServiceNode.SocketPath)), string.Join('\n', node.Journal()));
        Assert.Equal("660 root:root", Command.Run("stat", "--format=%a %U:%G", ServiceNode.SocketPath).Trim());
    }

    [VmFact]
    public async Task A_call_starts_the_daemon_and_is_answered()
    {
        using var node = new ServiceNode();
        node.Start(ServiceNode.Socket);
        Assert.Equal("inactive", ServiceNode.State);

        await Call();

        Assert.Equal("active", ServiceNode.State);
    }

    [VmFact]
    public async Task An_upgrade_lets_callers_wait_and_none_is_refused()
    {
        using var node = new ServiceNode();
        node.Start(ServiceNode.Socket);
        node.Start();
        await Call();
        for (var upgrade = 1; upgrade <= 2; upgrade++)
        {
            var pid = ServiceNode.Pid;
            ServiceNode.Install();
            var restart = Task.Run(() => ServiceNode.Systemctl("restart", ServiceNode.Service));
            var calls = 0;
            do
            {
                // Each on a connection of its own; one that throws was refused, or cut off twice.
                await Call();
                calls++;
            }
            while (!restart.IsCompleted);
            await restart;
            await Call();
            Assert.True(calls > 0);
            Assert.NotEqual(pid, ServiceNode.Pid);
            Assert.Equal("/usr/lib/nodeagent/nodeagent", File.ResolveLinkTarget($"/proc/{ServiceNode.Pid}/exe", returnFinalTarget: false)!.FullName);
        }
    }

    [VmFact]
    public async Task The_socket_is_there_while_the_service_is_stopped()
    {
        using var node = new ServiceNode();
        node.Start(ServiceNode.Socket);
        node.Start();
        await Call();

        ServiceNode.Systemctl("stop", ServiceNode.Service);

        Assert.True(File.Exists(ServiceNode.SocketPath));
        await Call();
        Assert.Equal("active", ServiceNode.State);
        ServiceNode.Systemctl("stop", ServiceNode.Socket, ServiceNode.Service);
        Assert.False(File.Exists(ServiceNode.SocketPath));
    }

    /// <summary>
    /// A call as a client makes it that lives through a restart: a connection which the former daemon had taken just before its end is
    /// cut off, and the next one waits in the socket until the new daemon takes it.
    /// </summary>
    private static async Task Call()
    {
        try
        {
            await Get();
        }
        catch (HttpRequestException e) when (e.InnerException is IOException)
        {
            await Get();
        }
    }

    /// <summary>Any answer of the server: what it says is another test's affair.</summary>
    private static async Task Get()
    {
        using var handler = new SocketsHttpHandler { ConnectCallback = async (_, stop) => await Connect(stop) };
        using var client = new HttpClient(handler) { Timeout = s_patience, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.GetAsync("http://localhost/");
    }

    private static async Task<Stream> Connect(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(ServiceNode.SocketPath), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
