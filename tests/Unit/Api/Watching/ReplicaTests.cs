using NodeAgent.Api.Mapping;
using NodeAgent.Api.Watching;
using NodeAgent.Node;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Node;
using Xunit;

namespace NodeAgent.Tests.Unit.Api.Watching;

/// <summary>Whatever happens on the way, a client that follows is told the truth: random changes, stalls, lost connections, a history that is too short, another process.</summary>
public sealed class ReplicaTests
{
    private const int Steps = 400;

    private readonly ManualClock _clock = new();
    private readonly LinkMaker _network = new();
    private NodeStateStore _store = new(0);
    private readonly LinkReplica _replica = new();

    [Theory]
    [InlineData(1, 8192)]
    [InlineData(2, 64)]
    [InlineData(3, 8)]
    [InlineData(4, 3)]
    [InlineData(5, 1)]
    public async Task A_replica_equals_the_node(int seed, int history)
    {
        var random = new Random(seed);
        _store = _network.Store(history);
        var reader = Connect();
        for (var step = 0; step < Steps; step++)
        {
            for (var changes = random.Next(4); changes > 0; changes--) Change(random);
            switch (random.Next(10))
            {
                case 0:
                    await reader.DisposeAsync();
                    if (random.Next(8) == 0) Restart(history, step);
                    reader = Connect();
                    break;
                case < 7:
                    _replica.Apply(await TakeAsync(reader));
                    break;
            }

            if (step % 20 == 0) await CatchUpAsync(reader);
        }

        await CatchUpAsync(reader);
        await reader.DisposeAsync();
        Assert.InRange(_replica.FullStates, 1, Steps);
    }

    private WatchReader Connect() => new(new LinkView(_store), _clock, new WatchStart(_replica.Epoch, _replica.Version, WatchStart.DefaultHeartbeat), null);

    // A change without news ends in nothing to take: a heartbeat is due then.
    private async Task<NodeAgent.Api.V1.WatchLinksResponse> TakeAsync(WatchReader reader)
    {
        var next = reader.NextAsync();
        while (!next.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await next;
    }

    private async Task CatchUpAsync(WatchReader reader)
    {
        while (_replica.Epoch != _store.Epoch || _replica.Version < _store.Current.Version || !_replica.IsWhole) _replica.Apply(await TakeAsync(reader));
        Assert.Equal(_store.Current.Links.Keys.Order(), _replica.Links.Keys.Order());
        foreach (var (name, link) in _store.Current.Links) Assert.Equal(LinkMapping.ToWire(link.State, link.Routes), _replica.Links[name]);
        Assert.Equal(_store.Current.OtherRoutes.Select(RouteMapping.ToWire), _replica.OtherRoutes);
    }

    private void Restart(int history, int step)
    {
        _store = new NodeStateStore(1000 + step, history);
        _store.Publish(_network.Everything());
        for (var i = 0; i < step % 7; i++) Change(new Random(step + i));
    }

    private void Change(Random random)
    {
        var name = $"link{random.Next(12)}";
        switch (random.Next(8))
        {
            case 0:
                _store.Publish(_network.Remove(name));
                break;
            case 1:
                _store.Publish([]);
                break;
            case 2:
                _store.Publish(_network.Add(LinkMaker.Route($"10.{random.Next(256)}.0.0/16", random.Next(3) == 0 ? null : name)));
                break;
            case 3:
                _network.Snapshot.Put(LinkMaker.Link(name, random.Next(1280, 9000)));
                _network.Snapshot.Remove($"link{random.Next(12)}");
                _store.Publish(_network.Everything());
                break;
            default:
                _store.Publish(_network.Put(LinkMaker.Link(name, random.Next(1280, 9000)), LinkMaker.Link($"link{random.Next(12)}", 1500)));
                break;
        }
    }
}
