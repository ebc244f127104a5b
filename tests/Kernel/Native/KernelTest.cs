using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

/// <summary>What tests of the netlink code against a real kernel share.</summary>
internal static class KernelTest
{
    /// <summary>How long an event may take that comes at once: only a failing test waits so long.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs the body in a fresh network namespace, or skips the test if the kernel lacks a feature.</summary>
    internal static void Run(Action<NetlinkConnection> body, params string[] features)
    {
        KernelSupport.Require(features);
        NetworkNamespace.Run(() =>
        {
            using var connection = NetlinkConnection.Open();
            body(connection);
        });
    }

    /// <summary>Executes what the builder adds; every request must succeed.</summary>
    internal static void Do(this NetlinkConnection connection, Action<NetlinkBatch> build)
    {
        using var batch = new NetlinkBatch();
        build(batch);
        var errors = connection.Execute(batch).Errors.Select(error => error.Message);
        Assert.True(!errors.Any(), string.Join('\n', errors));
    }

    /// <summary>Executes the only request, which must be refused.</summary>
    internal static NetlinkException Refused(this NetlinkConnection connection, Action<NetlinkBatch> build)
    {
        using var batch = new NetlinkBatch();
        build(batch);
        return Assert.Single(connection.Execute(batch))!;
    }

    /// <summary>Looks a link up that must be there.</summary>
    internal static LinkMessage Link(this NetlinkConnection connection, string name)
    {
        var link = connection.GetLink(name);
        Assert.NotNull(link);
        return link;
    }

    internal static T Data<T>(this NetlinkConnection connection, string name)
        where T : LinkData => Assert.IsType<T>(connection.Link(name).Data);

    internal static List<T> List<T>(Action<List<T>> dump)
    {
        var list = new List<T>();
        dump(list);
        return list;
    }

    /// <summary>Reads until an event fits; other events are dropped.</summary>
    internal static RtnlEvent Await(this RtnlMonitor monitor, Predicate<RtnlEvent> wanted)
    {
        var events = new List<RtnlEvent>();
        while (true)
        {
            Assert.Equal(MonitorStatus.Events, monitor.Read(events, Patience));
            if (events.Exists(wanted))
                return events.Find(wanted);
        }
    }

    /// <summary>A veth pair, whose first end is named as asked; both are down.</summary>
    internal static void Pair(this NetlinkConnection connection, string name, string peer) =>
        connection.Do(batch => batch.NewLink(Veth(name, peer)));

    internal static LinkMessage Veth(string name, string peer) => new()
    {
        Name = name,
        Data = new Veth { Peer = new LinkMessage { Name = peer } },
    };
}
