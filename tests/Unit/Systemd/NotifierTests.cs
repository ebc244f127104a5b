using System.Net.Sockets;
using System.Text;
using NodeAgent.Systemd;
using NodeAgent.Tests.Unit.Logging;
using Xunit;

namespace NodeAgent.Tests.Unit.Systemd;

/// <summary>What goes to the service manager's socket, on real sockets of both kinds.</summary>
public sealed class NotifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-notify-").FullName;
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public void Dispose()
    {
        _manager.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_message_is_a_datagram(bool isAbstract)
    {
        using var notifier = Notifier.FromEnvironment(Named(isAbstract), new SteppedTime());
        Assert.True(notifier.IsWanted);
        notifier.Ready("2 policies in force");
        notifier.Status("one\ntwo");
        notifier.Alive();
        notifier.Extend(TimeSpan.FromSeconds(30));
        notifier.Stopping();
        Assert.Equal(
            ["READY=1\nSTATUS=2 policies in force", "STATUS=one two", "WATCHDOG=1", "EXTEND_TIMEOUT_USEC=30000000", "STOPPING=1\nSTATUS=stopping; the network stays as it is"],
            Received(5));
    }

    [Fact]
    public void A_reload_is_dated_by_the_clock_that_systemd_uses()
    {
        var clock = new SteppedTime();
        clock.Step(TimeSpan.FromSeconds(5));
        using var notifier = Notifier.FromEnvironment(Named(false), clock);
        notifier.Reloading();
        Assert.Equal(["RELOADING=1\nMONOTONIC_USEC=5000000"], Received(1));

        // The real clock is CLOCK_MONOTONIC: the time since the boot, which /proc/uptime gives without suspensions too.
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(TimeProvider.System.GetTimestamp() / (double)TimeProvider.System.TimestampFrequency, 0, uptime + 60);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("relative")]
    [InlineData("vsock:2:9000")]
    public void Without_a_manager_nothing_happens(string? named)
    {
        using var notifier = Notifier.FromEnvironment(_ => named, TimeProvider.System);
        Assert.False(notifier.IsWanted);
        notifier.Ready("x");
    }

    [Fact]
    public void A_manager_that_is_away_is_no_error()
    {
        using var notifier = Notifier.FromEnvironment(_ => Path.Combine(_folder, "nobody"), TimeProvider.System);
        notifier.Alive();
    }

    private Func<string, string?> Named(bool isAbstract)
    {
        var name = isAbstract ? "@nodeagent-test-" + Path.GetFileName(_folder) : Path.Combine(_folder, "notify");
        _manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + name[1..] : name));
        return variable => variable == "NOTIFY_SOCKET" ? name : null;
    }

    private List<string> Received(int count)
    {
        var messages = new List<string>();
        var buffer = new byte[4096];
        for (var i = 0; i < count; i++) messages.Add(Encoding.UTF8.GetString(buffer, 0, _manager.Receive(buffer)));
        return messages;
    }
}
