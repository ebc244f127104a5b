using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Health;
using NodeAgent.Network.Kernel;
using NodeAgent.Network.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Health;

/// <summary>Over a proc folder made of captured files.</summary>
public sealed class PortDetailKeeperTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _proc = Directory.CreateTempSubdirectory("nodeagent-proc-");
    private readonly PortDetails _details = new();
    private readonly Dictionary<string, LinkState> _known = [];

    [Fact]
    public void What_is_new_is_asked_for_once()
    {
        Show("agreed");
        var keeper = new PortDetailKeeper(_proc.FullName, _details);
        Assert.Equal([3, 4], Update(keeper, 63).Order());
        Assert.Equal("12:8b:54:e4:de:64", _details.Of(3)!.PartnerMac);
        Assert.Equal(0, _details.Of(3)!.RecentFailures);
        Assert.Empty(Update(keeper, 63));
        Show("one-partner-gone");
        Assert.Equal([4], Update(keeper, 63));
        Assert.Equal("00:00:00:00:00:00", _details.Of(4)!.PartnerMac);
    }

    [Fact]
    public void A_state_without_an_event_is_asked_for()
    {
        Show("agreed");
        var keeper = new PortDetailKeeper(_proc.FullName, _details);
        Update(keeper, 63);
        Know("v1", 63);
        Assert.Equal([4], Update(keeper, 71));
        Know("v1", 71);
        Assert.Empty(Update(keeper, 71));
    }

    [Fact]
    public void Failures_are_counted_from_the_first_look()
    {
        Show("agreed");
        var keeper = new PortDetailKeeper(_proc.FullName, _details);
        Update(keeper, 63, failures: 5);
        Assert.Equal([4], Update(keeper, 63, failures: 8));
        Assert.Equal(3, _details.Of(4)!.RecentFailures);
    }

    [Fact]
    public void Without_the_file_what_netlink_tells_is_still_kept()
    {
        var keeper = new PortDetailKeeper(_proc.FullName, _details);
        Assert.Equal(2, Update(keeper, 63).Count);
        Assert.Equal(new BondPortDetail { RecentFailures = 0 }, _details.Of(3));
    }

    [Fact]
    public void Ports_that_left_are_forgotten()
    {
        Show("agreed");
        var keeper = new PortDetailKeeper(_proc.FullName, _details);
        Update(keeper, 63);
        Assert.Equal([3, 4], keeper.Update([], name => null, s_now).Order());
        Assert.Null(_details.Of(3));
    }

    public void Dispose() => _proc.Delete(recursive: true);

    private IReadOnlyCollection<int> Update(PortDetailKeeper keeper, int actor, uint failures = 0) => keeper.Update(
        [(new LinkMessage { Index = 2, Name = "bond0", Data = new Bond { Mode = NodeAgent.Native.Rtnl.Kinds.BondMode.Ieee8023ad } }, [Port(3, "v0", 63, 0), Port(4, "v1", actor, failures)])],
        name => _known.GetValueOrDefault(name),
        s_now);

    private void Know(string name, int actor) =>
        _known[name] = new LinkState { Name = name, Type = InterfaceType.Ethernet, BondPort = BondBinding.ReadPort((BondPort)Port(4, name, actor, 0).PortData!) with { Detail = new BondPortDetail() } };

    private static LinkMessage Port(int index, string name, int actor, uint failures) => new()
    {
        Index = index,
        Name = name,
        PortData = new BondPort { MiiStatus = BondMiiStatus.Up, ActorOperPortState = (LacpPortState)actor, LinkFailureCount = failures },
    };

    private void Show(string state)
    {
        var folder = _proc.CreateSubdirectory("thread-self/net/bonding");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "fixtures", "bonding", state + ".txt"), Path.Combine(folder.FullName, "bond0"), overwrite: true);
    }
}
