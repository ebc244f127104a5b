using System.Text.Json;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Kernel;
using Xunit;

namespace NodeAgent.Tests.Unit.Drift;

/// <summary>
/// What one event costs from the kernel's bytes to the state that the daemon compares: bytes allocated, as bench/budgets.json allows,
/// and no more with thousands of other links.
/// </summary>
public sealed class EventAllocationTests
{
    private const int Own = 7;
    private const int Events = 200;
    private const int Attempts = 5;
    private const int Others = 4000;

    /// <summary>A list that grows, once in a while.</summary>
    private const int Slack = 64;

    private static readonly InetAddress Address = InetAddress.Parse("192.0.2.1");

    [Theory]
    [InlineData("link-event")]
    [InlineData("address-event")]
    [InlineData("route-event")]
    public void An_event_costs_what_its_budget_allows(string name) => Assert.InRange(BytesAnEvent(name, 0), 1, Budget(name));

    [Theory]
    [InlineData("link-event")]
    [InlineData("address-event")]
    [InlineData("route-event")]
    public void An_event_costs_no_more_among_many_links(string name) => Assert.InRange(BytesAnEvent(name, Others), 1, BytesAnEvent(name, 0) + Slack);

    private static long BytesAnEvent(string name, int others)
    {
        var state = State(others);
        var (there, back) = Datagrams(name);
        var events = new List<RtnlEvent>();
        Handle(Events);
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Handle(Events);
            // The runtime now and then counts something of its own.
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Events);
        }

        return least;

        void Handle(int count)
        {
            for (var i = 0; i < count; i++)
            {
                events.Clear();
                RtnlMonitor.Decode(i % 2 == 0 ? there : back, events);
                Apply(state, events[0]);
                if (state.TakeChanged().Count != 1) throw new InvalidOperationException("One link changed.");
            }
        }
    }

    private static void Apply(KernelState state, RtnlEvent one)
    {
        switch (one.Kind)
        {
            case RtnlEventKind.LinkChanged: state.Put(one.Link!); break;
            case RtnlEventKind.AddressChanged: state.Put(one.Address!); break;
            case RtnlEventKind.AddressRemoved: state.Remove(one.Address!); break;
            case RtnlEventKind.RouteChanged: state.Put(one.Route!); break;
            case RtnlEventKind.RouteRemoved: state.Remove(one.Route!); break;
            default: throw new ArgumentOutOfRangeException(nameof(one), one.Kind, "Not of this test.");
        }
    }

    private static (byte[] There, byte[] Back) Datagrams(string name) => name switch
    {
        "link-event" => (Datagram(RtnlMessageType.NewLink, Link(Own, 1400)), Datagram(RtnlMessageType.NewLink, Link(Own, 1500))),
        "address-event" => (Datagram(RtnlMessageType.NewAddress, AddressMessage.For(Own, Address, 24)), Datagram(RtnlMessageType.DeleteAddress, AddressMessage.For(Own, Address, 24))),
        _ => (Datagram(RtnlMessageType.NewRoute, Route(Own)), Datagram(RtnlMessageType.DeleteRoute, Route(Own))),
    };

    private static KernelState State(int others)
    {
        var state = new KernelState(new PortDetails());
        state.Put(Link(Own, 1500));
        for (var index = 100; index < 100 + others; index++)
        {
            state.Put(Link(index, 1500));
            state.Put(AddressMessage.For(index, InetAddress.Parse($"10.{index >> 8}.{index & 255}.1"), 24));
            state.Put(Route(index));
        }

        state.TakeChanged();
        return state;
    }

    private static LinkMessage Link(int index, uint mtu) => new LinkMessage { Index = index, Name = $"link{index}", Mtu = mtu, Link = 1, Data = new Macvlan { Mode = MacvlanMode.Bridge } }.SetUp(true);

    private static RouteMessage Route(int link) => new()
    {
        Family = AddressFamily.Inet,
        Destination = InetAddress.Parse($"10.{link >> 8}.{link & 255}.0"),
        DestinationLength = 24,
        OutputLink = link,
        Table = RouteTable.Main,
        Type = RouteType.Unicast,
        Scope = RouteScope.Link,
    };

    private static byte[] Datagram(ushort type, INetlinkMessage message)
    {
        using var writer = new NetlinkWriter();
        var token = writer.BeginMessage(type, MessageFlags.None);
        message.Encode(writer);
        writer.EndMessage(token);
        return writer.Written.ToArray();
    }

    private static long Budget(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        return file.RootElement.GetProperty("allocations").GetProperty(name).GetInt64();
    }
}
