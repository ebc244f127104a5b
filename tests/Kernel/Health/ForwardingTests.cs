using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Health;
using NodeAgent.Node;
using NodeAgent.Tests.Kernel.Engine;
using NodeAgent.Tests.Support;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Kernel.Health;

/// <summary>A real bridge between taps, two of guests and one that a policy names and so is the uplink; what it learns is heard.</summary>
public sealed class ForwardingTests
{
    private const string Guest = "02:00:00:00:00:01";

    [SkippableFact]
    public void A_guest_that_leaves_is_no_conflict_and_one_that_is_heard_on_both_sides_is() => OnBridge(node =>
    {
        node.Tap1.Send(Guest);
        node.Uplink.Send(Guest);
        Assert.True(Wait.Until(() => node.Watch?.Moves == 1), "the move was not heard");
        node.Review();
        Assert.Empty(node.Verdicts.Of(VerdictKind.Mac));

        node.Bounce(3);

        var conflict = Assert.Single(node.Eventually(1));
        Assert.Equal((Guest, "elsewhere", Severity.Warning), (conflict.Object, conflict.State, conflict.Severity));
        Assert.Contains("is a guest's on tap1 of br0 and comes in over up0 too", conflict.Sentence, StringComparison.Ordinal);

        node.Bounce(4);

        Assert.True(Wait.Until(() => node.Verdicts.Of(VerdictKind.Mac) is [{ State: "flapping", Severity: Severity.Critical }]), "does not flap");

        // With the guest's port the conflict goes.
        node.Tap1.Send(Guest);
        node.Tap1.Dispose();
        // A process that another test is just starting may hold its descriptor for a moment.
        Assert.True(Wait.Until(() => !node.Has("tap1")), "the tap stays");
        node.Publish();
        Assert.Empty(node.Eventually(0));
    });

    [SkippableFact]
    public void Two_guests_with_one_address_are_named() => OnBridge(node =>
    {
        for (var i = 0; i < 4; i++) (i % 2 == 0 ? node.Tap1 : node.Tap2).Send(Guest);
        var conflict = Assert.Single(node.Eventually(1));
        Assert.Equal("duplicate", conflict.State);
        Assert.Contains("moves between the guests' ports tap1 and tap2 of br0", conflict.Sentence, StringComparison.Ordinal);
    });

    [SkippableFact]
    public void Thousands_of_hosts_behind_the_uplink_take_no_room() => OnBridge(node =>
    {
        for (var i = 0; i < 3000; i++) node.Uplink.Send($"06:00:00:00:{i >> 8:x2}:{i & 255:x2}");
        node.Tap1.Send(Guest);
        Assert.True(Wait.Until(() => node.Watch?.Addresses > 0), "the guest was not learned");
        Assert.InRange(node.Watch!.Addresses, 1, 2);
        Assert.Equal(0, node.Watch.Moves);
    });

    private static void OnBridge(Action<Bridged> body)
    {
        KernelSupport.Require(LinkKinds.Bridge);
        Skip.IfNot(Tap.WhyNot is null, Tap.WhyNot ?? "");
        NetworkNamespace.Run(() =>
        {
            using var node = new Bridged();
            body(node);
        });
    }

    private sealed class Bridged : IDisposable
    {
        private readonly TestEngine _node = new();
        private readonly NodeStateStore _state = new(1);
        private readonly LinkHealthMonitor _monitor;

        public Bridged()
        {
            Iproute.Ip("link add br0 type bridge");
            Iproute.Ip("link set br0 up");
            foreach (var tap in (Tap[])[Tap1, Tap2, Uplink])
            {
                Iproute.Ip($"link set {tap.Name} master br0");
                Iproute.Ip($"link set {tap.Name} up");
            }

            Assert.True(Wait.Until(() => _node.Engine.Observe().Links.Values.Where(static l => l.Controller is not null).All(static l => l.Carrier)), "a tap has no carrier");
            Verdicts = new VerdictBoard(TimeProvider.System);
            _monitor = new LinkHealthMonitor(_state, Verdicts, _node.Engine.Health, _node.Paths, TimeProvider.System, NullLogger.Instance);
            Publish();
            Assert.True(Wait.Until(() => Watch is { IsListening: true }), "nobody listens");
        }

        public Tap Tap1 { get; } = new("tap1");

        public Tap Tap2 { get; } = new("tap2");

        public Tap Uplink { get; } = new("up0");

        public VerdictBoard Verdicts { get; }

        public ForwardingWatch? Watch => _monitor.Forwarding;

        /// <summary>Tells of the links as they are.</summary>
        public void Publish()
        {
            _state.Publish([new PolicyStatus { Name = "uplink", File = "uplink.yaml", State = "in force", Links = ["up0"] }]);
            var change = new NetworkChange(null, _node.Engine.Observe(), "start", true);
            _state.Publish(change);
            Review(change);
        }

        public bool Has(string link) => _node.Engine.Observe().Find(link) is not null;

        /// <summary>Has everything judged once more.</summary>
        public void Review() => Review(new NetworkChange(null, _node.Engine.Observe(), "start", true));

        /// <summary>The guest's address comes in over the uplink and from its tap in turn.</summary>
        public void Bounce(int times)
        {
            for (var i = 0; i < times; i++) (i % 2 == 0 ? Tap1 : Uplink).Send(Guest);
        }

        public IReadOnlyList<Verdict> Eventually(int count)
        {
            Assert.True(Wait.Until(() => Verdicts.Of(VerdictKind.Mac).Count == count), $"{Verdicts.Of(VerdictKind.Mac).Count} conflicts, expected {count}");
            return Verdicts.Of(VerdictKind.Mac);
        }

        public void Dispose()
        {
            _monitor.Dispose();
            foreach (var tap in (Tap[])[Tap1, Tap2, Uplink]) tap.Dispose();
            _node.Dispose();
        }

        private void Review(NetworkChange change) => ((IDaemonObserver)_monitor).Changed(change);
    }
}
