using System.Collections.Concurrent;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Cli;
using Xunit;

namespace NodeAgent.Tests.Unit.Api;

public sealed class RemoteWatchTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_state_comes_first_then_what_changes_and_cancelling_ends_it()
    {
        using var server = new ApiServer(() => new FakeEngine());
        var net = Layouts.A();
        server.State.Publish(new NetworkChange(null, net, "start"));
        using var told = new BlockingCollection<(string Names, string Reason, string Picture)>();
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(() => server.Connect().Watch(c => told.Add((c.Links is null ? "all" : string.Join(",", c.Links), c.Reason, Picture(c.Snapshot))), stop.Token));
        Assert.Equal(("all", "start", Picture(net)), Next());

        var bond = net.Find("bond_data")!;
        net.Put(new LinkState { Index = bond.Index, Name = bond.Name, Type = bond.Type, Up = true, Fields = bond.Fields.Clone().Set(CommonFields.Mtu, 9000) });
        server.State.Publish(new NetworkChange(["bond_data"], net, "event"));
        Assert.Equal(("bond_data", "event", Picture(net)), Next());

        net.Remove("br0");
        foreach (var route in net.Routes.ToList()) net.Routes.Remove(route);
        server.State.Publish(new NetworkChange(["br0", "bond_data.20"], net, "event", RoutesChanged: true));
        var (names, _, picture) = Next();
        Assert.Contains("br0", names, StringComparison.Ordinal);
        Assert.Equal(Picture(net), picture);

        await stop.CancelAsync();
        await watch.WaitAsync(s_patience);

        (string Names, string Reason, string Picture) Next() => told.TryTake(out var one, s_patience) ? one : throw new TimeoutException("nothing was told");
    }

    private static string Picture(NetworkSnapshot net) => string.Join(
        '\n',
        [.. net.Links.Values.OrderBy(static l => l.Name, StringComparer.Ordinal).Select(WireValues.Text), .. net.Routes.Select(static r => r.ToString()).Order(StringComparer.Ordinal)]);
}
