using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api.Migration;
using NodeAgent.Api.V1;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using Xunit;
using MigrationService = NodeAgent.Api.Migration.MigrationService;

namespace NodeAgent.Tests.Unit.Api.Migration;

/// <summary>Lists that would be more than a client takes, and what there is where nobody looks.</summary>
public sealed class MigrationListTests : IDisposable
{
    private const int MostOfAClient = 4 << 20;

    private readonly ManualClock _clock = new();
    private readonly MigrationStore _store;

    public MigrationListTests() => _store = new MigrationStore(1, TimeSpan.FromMinutes(1), _clock);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_list_of_long_migrations_fits_into_one_message_with_the_last_passes()
    {
        using (var batch = _store.Write())
        {
            for (var i = 0; i < 100; i++)
            {
                batch.Put(MigrationMaker.Status($"m{i}", _clock.GetUtcNow()), _clock.GetUtcNow());
                for (var pass = 1; pass <= 1000; pass++) batch.Pass($"m{i}", MigrationMaker.Pass(pass), _clock.GetUtcNow());
            }
        }

        var list = MigrationList.Migrations(_store, _clock.GetUtcNow());
        Assert.Equal(100, list.Migrations.Count);
        Assert.InRange(list.CalculateSize(), 1, MostOfAClient);
        Assert.All(list.Migrations, static m => Assert.Equal((100, 1000u), (m.Passes.Count, m.Passes[^1].Number)));
    }

    [Theory]
    [InlineData(1000, 50, 7)]
    [InlineData(2, 50, 7)]
    [InlineData(2, 50, 50)]
    [InlineData(2, 50, 100)]
    [InlineData(1000, 200, 100)]
    public void A_history_is_told_in_answers_that_fit_each_going_on_where_the_last_ended(int passes, int records, int limit)
    {
        using (var batch = _store.Write())
        {
            for (var i = 0; i < records; i++)
            {
                batch.Record(MigrationMaker.Record($"r{i}") with
                {
                    Ended = DateTimeOffset.UnixEpoch.AddDays(1).AddMinutes(i),
                    PassList = [.. Enumerable.Range(1, passes).Select(static n => new TimedPass(DateTimeOffset.UnixEpoch, MigrationMaker.Pass(n)))],
                });
            }
        }

        var told = new List<string>();
        ListMigrationHistoryResponse answer;
        do
        {
            answer = MigrationList.History(_store, null, told.LastOrDefault(), limit);
            Assert.InRange(answer.CalculateSize(), 1, MostOfAClient);
            Assert.InRange(answer.Migrations.Count, 1, limit);
            told.AddRange(answer.Migrations.Select(static m => m.Id));
        }
        while (answer.More);
        Assert.Equal(_store.History(null, 10_000).Select(static r => r.Id), told);
    }

    [Fact]
    public async Task Where_the_configuration_says_that_nobody_looks_every_call_says_so()
    {
        var service = new MigrationService(null, NoDirtyRateMeter.Instance, new DrainQuestions(static _ => null, _clock), null!, _clock, null!, NullLogger.Instance);
        foreach (var call in (Func<Task>[])[() => service.ListGuests(new(), null!), () => service.WatchMigrations(new(), null!, null!), () => service.MeasureDirtyRate(new(), null!), () => service.GetDrainForecast(new(), null!)])
        {
            var error = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
            Assert.Contains("migration.enabled", error.Status.Detail, StringComparison.Ordinal);
        }
    }
}
