using System.Diagnostics;
using System.Text;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Watch;

/// <summary>A link whose MTU is the number of its change, so that whoever hears of it knows which it was.</summary>
internal sealed class ChangingLink : IDisposable
{
    public const string Name = "nic1";

    public const string Policy = """
        interfaces:
        - name: br0
          type: linux-bridge
          state: up
          bridge:
            port:
            - name: nic0

        """;

    private const int Others = 4000;
    private const int First = 1300;

    // An MTU has 16 bits on a veth.
    private readonly long[] _sent = new long[1 << 16];
    private readonly NetlinkConnection _connection = NetlinkConnection.Open();
    private readonly int _index = Iproute.Index(Name);

    public int Last { get; private set; } = First;

    /// <summary>With so many others that the first state fills what stands between the daemon and a client that reads nothing.</summary>
    public static void Create()
    {
        // Its router solicitations and their end would be events.
        File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
        var commands = new StringBuilder();
        foreach (var nic in new[] { "nic0", Name, "base" }) commands.Append($"link add {nic} type veth peer name sw-{nic}\nlink set sw-{nic} up\nlink set {nic} up\n");
        for (var i = 0; i < Others; i++) commands.Append($"link add link base name other{i} type macvlan mode bridge\n");
        Command.Feed(commands.ToString(), "ip", "-batch", "-");
    }

    /// <summary>When a change was asked for.</summary>
    public long SentAt(uint mtu) => _sent[mtu];

    /// <summary>Changes at an even pace; returns how often.</summary>
    public int Change(int rate, TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        var count = (int)(length.TotalSeconds * rate);
        using var batch = new NetlinkBatch();
        for (var i = 0; i < count; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero) Thread.Sleep(wait);
            batch.Clear();
            batch.SetLink(new LinkMessage { Index = _index, Mtu = (uint)++Last });
            _sent[Last] = Stopwatch.GetTimestamp();
            _connection.Execute(batch).ThrowIfFailed();
        }

        return count;
    }

    public void Dispose() => _connection.Dispose();
}
