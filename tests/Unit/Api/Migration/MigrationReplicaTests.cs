using NodeAgent.Api.Mapping;
using NodeAgent.Api.V1;
using NodeAgent.Api.Watching;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Api.Watching;
using Xunit;

namespace NodeAgent.Tests.Unit.Api.Migration;

/// <summary>Whatever happens to migrations, a client that follows knows the truth, and was told of every start, pass, verdict and end: at any speed, over lost connections, a ring of events too short, and other processes.</summary>
public sealed class MigrationReplicaTests
{
    private const int Steps = 400;

    private readonly ManualClock _clock = new();
    private readonly MigrationFollower _follower = new();

    [Theory]
    [InlineData(1, 16_384)]
    [InlineData(2, 64)]
    [InlineData(3, 8)]
    [InlineData(4, 3)]
    [InlineData(5, 1)]
    public async Task A_follower_knows_all_that_happened(int seed, int events)
    {
        var random = new Random(seed);
        var story = new MigrationStory(_clock, events);
        var reader = Connect(story);
        for (var step = 0; step < Steps; step++)
        {
            for (var changes = random.Next(5); changes > 0; changes--) story.Change(random);
            switch (random.Next(10))
            {
                case 0:
                    await reader.DisposeAsync();
                    if (random.Next(6) == 0) story.Restart();
                    for (var changes = random.Next(10); changes > 0; changes--) story.Change(random);
                    reader = Connect(story);
                    break;
                case < 7:
                    _follower.Take(await TakeAsync(reader));
                    break;
            }

            if (step % 20 == 0) await CatchUpAsync(reader, story);
        }

        await CatchUpAsync(reader, story);
        await reader.DisposeAsync();
        story.Store.Dispose();
        Assert.InRange(_follower.FullStates, 1, Steps);
    }

    private WatchReader<WatchMigrationsResponse> Connect(MigrationStory story) =>
        new(new MigrationView(story.Store, _clock), _clock, new WatchStart(_follower.Epoch, _follower.Version, WatchStart.DefaultHeartbeat), null);

    // A change without news ends in nothing to take: a heartbeat is due then.
    private async Task<WatchMigrationsResponse> TakeAsync(WatchReader<WatchMigrationsResponse> reader)
    {
        var next = reader.NextAsync();
        while (!next.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await next;
    }

    private async Task CatchUpAsync(WatchReader<WatchMigrationsResponse> reader, MigrationStory story)
    {
        while (_follower.Epoch != story.Store.Epoch || _follower.Version < story.Store.Version) _follower.Take(await TakeAsync(reader));
        var statuses = new List<MigrationStatus>();
        story.Store.CopyTo(statuses);
        Assert.Equal(statuses.Select(static s => MigrationMapping.ToWire(s)), _follower.Migrations.Values.OrderBy(m => statuses.FindIndex(s => s.Id == m.Id)));
        foreach (var status in statuses) Assert.Equal(ByKind(story.Happened[status.Id]), ByKind(_follower.Told(status.Id)));
    }

    // Of what is no longer kept event by event, the order of passes among verdicts is not known.
    private static IEnumerable<string> ByKind(IEnumerable<string> words) => words.OrderBy(static word => word.Split(' ')[0], StringComparer.Ordinal);
}
