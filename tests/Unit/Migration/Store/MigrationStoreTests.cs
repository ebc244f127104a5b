using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using NodeAgent.Node;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Migration.Sampling;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Store;

public sealed class MigrationStoreTests : IDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(5);
    private readonly ManualClock _clock = new();
    private readonly MigrationStore _store;
    private readonly ToldEvents _told = new();
    private readonly MigrationDelta _delta = new();

    public MigrationStoreTests()
    {
        _store = new MigrationStore(1, s_grace, _clock, null, 32);
        _store.Tell(_told);
    }

    [Fact]
    public void What_happened_follows_from_what_differs()
    {
        Put(Status("a"));
        Put(Status("a") with { Phase = MigrationPhase.Active });
        Put(Status("a") with { Phase = MigrationPhase.Active, Forecast = Forecast(MigrationVerdict.Converging) });
        using (var batch = _store.Write()) batch.Pass("a", new MigrationPass(1, 2, 3, 4, 5, 0), _clock.GetUtcNow());
        Put(Ended("a"));
        Assert.Equal([MigrationEventKind.Started, MigrationEventKind.Phase, MigrationEventKind.Verdict, MigrationEventKind.Pass, MigrationEventKind.Verdict, MigrationEventKind.Ended], _told.Kinds);
        Assert.Equal([1, 2, 3, 4, 5, 6], _told.Events.Select(static e => e.Sequence));
        var record = Assert.Single(_told.Records);
        Assert.Equal([MigrationVerdict.TooEarly, MigrationVerdict.Converging, MigrationVerdict.Done], record.Verdicts.Select(static v => v.Verdict));
        Assert.Equal(1, Assert.Single(record.PassList).Pass.Number);
        Assert.Equal([record], _store.History(null, 10));
        Assert.Equal([record], _store.History("uuid-a", 10));
        Assert.Empty(_store.History("other", 10));
    }

    [Fact]
    public void A_batch_is_one_version_and_one_signal()
    {
        var watcher = new Pulse();
        _store.Subscribe(watcher);
        Put(Status("a"), Status("b"), Status("c"));
        Assert.Equal(1, _store.Version);
        Assert.True(watcher.WaitAsync().IsCompleted);
        Assert.False(watcher.WaitAsync().IsCompleted);
        _store.Unsubscribe(watcher);
        Assert.All(Statuses(), static s => Assert.Equal(1, s.Version));
    }

    [Fact]
    public void A_batch_in_which_nothing_changed_is_no_version()
    {
        using (_store.Write()) _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _store.Version);
        using (var batch = _store.Write()) batch.Put(new GuestState(SamplerHouse.Guest(1), GuestSourceKind.Qmp));
        Assert.Equal(1, _store.Version);
        Assert.Single(_store.Guests);
    }

    [Fact]
    public void A_reader_is_told_what_changed_after_its_version()
    {
        Put(Status("a"), Status("b"));
        Put(Status("b") with { Phase = MigrationPhase.Active });
        Put(Status("c"));
        _store.Since(1, _delta);
        Assert.Equal((3, false, 2), (_delta.Version, _delta.Full, _delta.Publications));
        Assert.Equal(["b", "c"], _delta.Changed.Select(static s => s.Id).Order());
        Assert.Equal([(MigrationEventKind.Phase, "b"), (MigrationEventKind.Started, "c")], _delta.Events.Select(static e => (e.Kind, e.Migration)));
        _store.Since(3, _delta);
        Assert.Equal((3, false, 0, 0), (_delta.Version, _delta.Full, _delta.Changed.Count, _delta.Events.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(-5)]
    public void A_reader_whose_version_is_not_known_is_told_everything(long version)
    {
        Put(Status("a"), Status("b"));
        Put(Status("b") with { Phase = MigrationPhase.Active });
        _store.Since(version, _delta);
        Assert.True(_delta.Full);
        Assert.Equal(["a", "b"], _delta.Changed.Select(static s => s.Id));
        Assert.Equal(3, _delta.Events.Count);
        Assert.Empty(_delta.Removed);
    }

    [Fact]
    public void A_reader_that_is_too_far_behind_for_the_events_is_told_everything()
    {
        Put(Status("a"));
        for (var i = 0; i < 33; i++) Put(Status("a") with { Phase = i % 2 == 0 ? MigrationPhase.Active : MigrationPhase.Setup });
        _store.Since(1, _delta);
        Assert.True(_delta.Full);
        Assert.Equal(32, _delta.Events.Count(static e => e.Sequence > 0));
        Assert.Equal(MigrationEventKind.Started, _delta.Events[0].Kind);
        _store.Since(2, _delta);
        Assert.Equal((false, 32), (_delta.Full, _delta.Events.Count));
    }

    [Fact]
    public void A_migration_that_ended_is_told_of_for_the_time_of_grace()
    {
        Put(Status("a"), Status("b"));
        Put(Ended("a"));
        _clock.Advance(s_grace - TimeSpan.FromSeconds(1));
        Assert.Equal(2, Statuses().Count);
        var version = _store.Version;
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("b", Assert.Single(Statuses()).Id);
        _store.Since(version, _delta);
        Assert.Equal((false, "a"), (_delta.Full, Assert.Single(_delta.Removed)));
        Assert.False(_store.Details("a", new MigrationDetails()));
    }

    [Fact]
    public void No_more_than_a_thousand_that_ended_are_told_of()
    {
        for (var i = 0; i < 1010; i++)
        {
            Put(Status($"m{i}"));
            Put(Ended($"m{i}"));
        }

        Assert.Equal(1000, Statuses().Count);
        Assert.Equal("m10", Statuses()[0].Id);
    }

    [Fact]
    public void Of_passes_verdicts_and_phases_the_newest_thousand_are_kept()
    {
        Put(Status("a"));
        for (var i = 1; i <= 1500; i++)
        {
            using var batch = _store.Write();
            batch.Pass("a", new MigrationPass(i, 1, 1, 1, 1, 0), _clock.GetUtcNow());
            batch.Put(Status("a") with { Forecast = Forecast(i % 2 == 0 ? MigrationVerdict.Slow : MigrationVerdict.Converging), Phase = i % 2 == 0 ? MigrationPhase.PostcopyActive : MigrationPhase.PostcopyPaused }, _clock.GetUtcNow());
        }

        var details = new MigrationDetails();
        Assert.True(_store.Details("a", details));
        Assert.Equal((1000, 501, 1500, 1000, 1000), (details.Passes.Count, details.Passes[0].Pass.Number, details.Passes[^1].Pass.Number, details.Verdicts.Count, details.Phases.Count));
    }

    [Fact]
    public void Guests_come_by_namespace_and_name()
    {
        using (var batch = _store.Write())
        {
            foreach (var (space, name) in new[] { ("b", "x"), ("a", "z"), ("a", "y") })
            {
                var guest = SamplerHouse.Guest((space[0] * 256) + name[0]) with { Namespace = space, Name = name };
                batch.Put(new GuestState(guest, GuestSourceKind.Libvirt));
            }
        }

        Assert.Equal(["y", "z", "x"], _store.Guests.Select(static g => g.Guest.Name));
        using (var batch = _store.Write()) batch.Remove(_store.Guests[0].Guest.Process);
        Assert.Equal(["z", "x"], _store.Guests.Select(static g => g.Guest.Name));
    }

    [Fact]
    public void A_reader_that_follows_has_what_the_store_has_whatever_the_order()
    {
        var random = new Random(7);
        var replica = new Dictionary<string, MigrationStatus>();
        long version = 0, sequence = 0;
        for (var round = 0; round < 2000; round++)
        {
            using (var batch = _store.Write())
            {
                for (var i = random.Next(4); i > 0; i--)
                {
                    var id = $"m{random.Next(40)}";
                    var known = Statuses().FirstOrDefault(s => s.Id == id);
                    if (known.Ended is not null) continue;
                    batch.Put(random.Next(12) == 0 && known.Id is not null ? Ended(id) : Status(id) with { Phase = (MigrationPhase)random.Next(1, 4) }, _clock.GetUtcNow());
                }
            }

            _clock.Advance(TimeSpan.FromSeconds(random.Next(20)));
            if (random.Next(3) == 0) continue;
            _store.Since(version, _delta);
            if (_delta.Full) replica.Clear();
            foreach (var id in _delta.Removed) replica.Remove(id);
            foreach (var status in _delta.Changed) replica[status.Id] = status;
            foreach (var happened in _delta.Events)
            {
                if (!_delta.Full) Assert.Equal(++sequence, happened.Sequence);
                else sequence = happened.Sequence;
            }

            if (_delta.Full) sequence = _told.Events.Count;
            version = _delta.Version;
            Assert.Equal(Statuses().ToDictionary(static s => s.Id), replica);
        }
    }

    public void Dispose() => _store.Dispose();

    private static MigrationForecast Forecast(MigrationVerdict verdict) => new(default, verdict);

    private MigrationStatus Status(string id) => new(id, SamplerHouse.Guest(1, "uuid-" + id), MigrationDirection.Outgoing) { Phase = MigrationPhase.Setup, Started = _clock.GetUtcNow() };

    private MigrationStatus Ended(string id) =>
        Status(id) with { Phase = MigrationPhase.Completed, Outcome = MigrationOutcome.Completed, Ended = _clock.GetUtcNow(), Forecast = Forecast(MigrationVerdict.Done) };

    private void Put(params ReadOnlySpan<MigrationStatus> statuses)
    {
        using var batch = _store.Write();
        foreach (var status in statuses) batch.Put(status, _clock.GetUtcNow());
    }

    private List<MigrationStatus> Statuses()
    {
        List<MigrationStatus> statuses = [];
        _store.CopyTo(statuses);
        return statuses;
    }
}
