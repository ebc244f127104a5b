using NodeAgent.Metrics.Exposition;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Tests.Unit.Cli;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>All of /metrics over fixtures, in both formats.</summary>
public sealed class GoldenTests : IDisposable
{
    private readonly NodeFixture _node = new();

    public GoldenTests()
    {
        _node.WriteSys("enp1s1", ("ifindex", "2"), ("speed", "25000"), ("duplex", "full"), ("addr_assign_type", "0"), ("name_assign_type", "4"), ("dev_id", "0x1"));
        _node.WriteSys("enp2s1", ("ifindex", "3"), ("speed", "-1"), ("duplex", "unknown"), ("addr_assign_type", "2"), ("name_assign_type", "4"), ("dev_id", "0x0"));
        // Of another network namespace: not of this link.
        _node.WriteSys("br0", ("ifindex", "17"), ("speed", "10"), ("duplex", "half"));
        _node.Sample(NodeLinks.List(), NodeLinks.Ports());
        IDaemonObserver daemon = _node.Daemon;
        daemon.Policies(
        [
            new PolicyStatus { Name = "layout-a", File = "a.yaml", State = "in force", Links = ["br0", "bond_data"], Generation = 3, Applied = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250) },
            new PolicyStatus { Name = "lab", File = "b.yaml", State = "tug of war", Mode = PolicyMode.Observe },
            new PolicyStatus { Name = "lab", File = "c.yaml", State = "conflict" },
        ]);
        daemon.Drifted(new DriftRecord { Policy = "layout-a", Link = "br0", Field = "mtu", Wanted = "9000", Found = "1500", Since = default });
        daemon.Repaired(["layout-a"], TimeSpan.FromMilliseconds(2.5), 3);
        daemon.RepairFailed("lab");
        daemon.Transaction("apply", "layout-a", new ApplyResult { Outcome = ApplyOutcome.Committed, Message = "", Duration = TimeSpan.FromMilliseconds(80) });
        daemon.Transaction("apply", "lab", new ApplyResult { Outcome = ApplyOutcome.RolledBack, Message = "", RollbackReason = RollbackReason.Probe, Duration = TimeSpan.FromSeconds(12) });
        daemon.Transaction("apply", "lab", new ApplyResult { Outcome = ApplyOutcome.Refused, Message = "" });
        _node.Scrapes.Done(ExpositionFormat.OpenMetrics, gzip: true, 1000, TimeSpan.FromMilliseconds(3));
        _node.Process.Collect();
        _node.Journal.Collect();
    }

    [Fact]
    public void Text()
    {
        var text = Exposed.Text(_node.Registry);
        ExpositionParser.Parse(text, openMetrics: false);
        Golden.Check("metrics.txt", text);
    }

    [Fact]
    public void OpenMetrics()
    {
        var text = Exposed.OpenMetrics(_node.Registry);
        ExpositionParser.Parse(text, openMetrics: true);
        Golden.Check("metrics.openmetrics", text);
    }

    [Fact]
    public void Both_formats_say_the_same()
    {
        var text = ExpositionParser.Parse(Exposed.Text(_node.Registry), openMetrics: false);
        var open = ExpositionParser.Parse(Exposed.OpenMetrics(_node.Registry), openMetrics: true);
        Assert.Equal(text.Select(s => (s.Key, s.Value)), open.Select(s => (s.Key, s.Value)));
    }

    public void Dispose() => _node.Dispose();
}
