using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Config;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage.Store;

public sealed class StorageStoreTests : IDisposable
{
    private const string Whole = "sda A ready running host2 | sdb A ready running host3";
    private const string One = "sda A ready running host2 | sdb F faulty running host3";

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-storage-").FullName;
    private readonly ManualClock _clock = new();
    private readonly VerdictBoard _board;
    private readonly List<VerdictChange> _changes = [];
    private readonly MapMemory _memory;
    private readonly StorageStore _store;

    public StorageStoreTests()
    {
        _board = new VerdictBoard(_clock);
        _board.StatesChanged += _changes.AddRange;
        _memory = new MapMemory(_folder, NullLogger.Instance);
        _store = new StorageStore(1, _board, _memory, new StorageSettings(), _clock);
    }

    [Fact]
    public void A_reading_becomes_a_state_with_verdicts_on_the_board()
    {
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole, "mpatha"), MapMaker.Of(One, "mpathb")), null);
        Assert.Equal(1, _store.Current.Version);
        Assert.Equal([MapState.Healthy, MapState.NoRedundancy], _store.Current.Maps.Values.Select(static m => m.Verdict.State));
        Assert.Equal(["mpatha healthy Ok", "mpathb no redundancy Critical"], _board.All.Select(static v => $"{v.Object} {v.State} {v.Severity}"));
    }

    [Fact]
    public void Only_what_changed_is_judged_and_told()
    {
        var (a, b) = (MapMaker.Of(Whole, "mpatha"), MapMaker.Of(Whole, "mpathb"));
        _store.Publish(MapMaker.Reading(a, b), null);
        _store.Publish(MapMaker.Reading(MapMaker.Of(One, "mpatha"), b), ["mpatha"]);
        Assert.Equal((2, 1), (_store.Current.Maps["mpatha"].Version, _store.Current.Maps["mpathb"].Version));
        var keys = new HashSet<string>();
        Assert.Same(_store.Current, _store.ChangedSince(1, keys, out var publications));
        Assert.Equal((StorageKey.OfMap(a), 1), (Assert.Single(keys), publications));
        Assert.Null(_store.ChangedSince(0, keys, out _));
    }

    [Fact]
    public void What_did_not_change_is_not_published()
    {
        var reading = MapMaker.Reading(MapMaker.Of(Whole));
        _store.Publish(reading, null);
        var told = 0;
        _store.Published += (_, _) => told++;
        _store.Publish(reading, []);
        _store.Publish(reading with { Time = _clock.GetUtcNow() }, null);
        _store.Publish(reading, ["mpatha", "never"]);
        Assert.Equal((1, 0), (_store.Current.Version, told));
    }

    [Fact]
    public void A_map_that_goes_is_gone_from_the_board_and_remembered()
    {
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole)), null);
        _store.Publish(MapMaker.Reading(), ["mpatha"]);
        Assert.Empty(_store.Current.Maps);
        Assert.Empty(_board.All);
        Assert.Null(_changes[^1].Verdict);
        _store.Publish(MapMaker.Reading(MapMaker.Of("sda A ready running host2")), ["mpatha"]);
        Assert.Equal((MapState.NoRedundancy, 2), (_store.Current.Maps["mpatha"].Verdict.State, _store.Current.Maps["mpatha"].Verdict.BestUsablePaths));
    }

    [Fact]
    public void A_volume_under_another_name_keeps_what_is_remembered_of_it()
    {
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole, "mpatha")), null);
        _store.Publish(MapMaker.Reading(MapMaker.Of("sda A", "mpathz") with { Wwid = "3600a0980mpatha" }), ["mpathz", "mpatha"]);
        Assert.Equal(2, Assert.Single(_store.Current.Maps.Values).Verdict.BestUsablePaths);
        Assert.Null(_memory.Maps["3600a0980mpatha"].Gone);
    }

    [Fact]
    public void A_source_that_fails_makes_every_map_unknown_and_none_gone()
    {
        var reading = MapMaker.Reading(MapMaker.Of(Whole));
        _store.Publish(reading, null);
        _store.Publish(reading with { Source = new StorageSource(StorageSourceState.Failed, "/dev/mapper/control: EACCES (Permission denied)"), Maps = [] }, []);
        var verdict = _board.Find(VerdictKind.Storage, "mpatha")!.Verdict;
        Assert.Equal(("unknown", "mpatha cannot be judged: /dev/mapper/control: EACCES (Permission denied)"), (verdict.State, verdict.Sentence));
        Assert.Equal(2, _store.Current.Maps["mpatha"].Map.Paths.Count());
        _store.Publish(reading, []);
        Assert.Equal("healthy", _board.Find(VerdictKind.Storage, "mpatha")!.Verdict.State);
    }

    [Fact]
    public void What_stood_before_the_start_is_not_gone_while_the_source_fails()
    {
        var board = new VerdictBoard(_clock, [new RememberedVerdict(VerdictKind.Storage, "mpatha", "healthy", _clock.GetUtcNow())]);
        board.StatesChanged += _changes.AddRange;
        using var store = new StorageStore(1, board, _memory, new StorageSettings(), _clock);
        store.Publish(new StorageReading { Source = new StorageSource(StorageSourceState.Failed, "no") }, null);
        Assert.Empty(_changes);
        store.Publish(MapMaker.Reading(MapMaker.Of(Whole)), null);
        Assert.Empty(_changes);
        Assert.Equal("healthy", board.Find(VerdictKind.Storage, "mpatha")!.Verdict.State);
    }

    [Fact]
    public void An_adapter_that_changes_its_state_is_told_and_named_for_the_maps_over_it()
    {
        StorageInitiator online = new() { Name = "host3", Transport = StorageTransport.FibreChannel, State = "Online" };
        var map = MapMaker.Of(One);
        _store.Publish(MapMaker.Reading(map) with { Initiators = [online] }, null);
        Assert.Contains("check host3: its cable", _store.Current.Maps["mpatha"].Verdict.Sentence, StringComparison.Ordinal);
        _store.Publish(MapMaker.Reading(map) with { Initiators = [online with { State = "Linkdown" }] }, []);
        Assert.Contains("check host3 (Linkdown): its cable", _store.Current.Maps["mpatha"].Verdict.Sentence, StringComparison.Ordinal);
        var keys = new HashSet<string>();
        _store.ChangedSince(1, keys, out _);
        Assert.Equal([StorageKey.OfInitiator("host3"), StorageKey.OfMap(map)], keys.Order());
        _store.Publish(MapMaker.Reading(map), []);
        Assert.Empty(_store.Current.Initiators);
    }

    [Fact]
    public void A_map_that_has_been_quiet_for_long_enough_is_no_longer_flapping_though_nothing_is_read()
    {
        var (whole, one) = (MapMaker.Of("sda A | sdb A"), MapMaker.Of("sda A | sdb -"));
        _store.Publish(MapMaker.Reading(whole), null);
        for (var i = 0; i < 6; i++) _store.Publish(MapMaker.Reading(i % 2 == 0 ? one : whole with { }), ["mpatha"]);
        Assert.True(_store.Current.Maps["mpatha"].Verdict.IsFlapping);
        _clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        Assert.False(_store.Current.Maps["mpatha"].Verdict.IsFlapping);
        Assert.Equal(Severity.Ok, _board.Find(VerdictKind.Storage, "mpatha")!.Verdict.Severity);
    }

    [Fact]
    public void A_map_that_stays_suspended_is_found_out_though_nothing_is_read()
    {
        var map = MapMaker.Of(Whole);
        _store.Publish(MapMaker.Reading(map), null);
        _store.Publish(MapMaker.Reading(map with { IsSuspended = true }), ["mpatha"]);
        Assert.Equal(MapState.Healthy, _store.Current.Maps["mpatha"].Verdict.State);
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(MapState.Unknown, _store.Current.Maps["mpatha"].Verdict.State);
    }

    [Fact]
    public void Other_settings_are_in_force_at_once()
    {
        var (whole, one) = (MapMaker.Of("sda A | sdb A"), MapMaker.Of("sda A | sdb -"));
        _store.Publish(MapMaker.Reading(whole), null);
        for (var i = 0; i < 3; i++) _store.Publish(MapMaker.Reading(i % 2 == 0 ? one : whole with { }), ["mpatha"]);
        Assert.False(_store.Current.Maps["mpatha"].Verdict.IsFlapping);
        _store.Configure(new StorageSettings { FlappingChanges = 3 });
        Assert.True(_store.Current.Maps["mpatha"].Verdict.IsFlapping);
    }

    [Fact]
    public void The_next_process_knows_the_best_and_since_when()
    {
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole)), null);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _store.Publish(MapMaker.Reading(MapMaker.Of(One)), ["mpatha"]);
        var since = _clock.GetUtcNow();
        _memory.Dispose();
        _clock.Advance(TimeSpan.FromHours(1));
        using var memory = new MapMemory(_folder, NullLogger.Instance);
        using var store = new StorageStore(2, new VerdictBoard(_clock), memory, new StorageSettings(), _clock);
        store.Publish(MapMaker.Reading(MapMaker.Of("sda A ready running host2")), null);
        var judged = store.Current.Maps["mpatha"];
        Assert.Equal((MapState.NoRedundancy, since, 2), (judged.Verdict.State, judged.Verdict.Since, judged.Verdict.BestUsablePaths));
        Assert.Equal(TimeSpan.FromHours(1), judged.History.LostUntil(_clock.GetUtcNow()));
    }

    [Fact]
    public void Paths_that_are_accepted_are_all_there_should_be_also_after_a_restart()
    {
        _store.Publish(MapMaker.Reading(MapMaker.Of("sda A | sdb A | sdc A | sdd A"), MapMaker.Of(Whole, "mpathb")), null);
        _store.Publish(MapMaker.Reading(MapMaker.Of("sda A | sdb A"), MapMaker.Of(Whole, "mpathb")), ["mpatha"]);
        Assert.Equal(MapState.Degraded, _store.Current.Maps["mpatha"].Verdict.State);
        var version = _store.Current.Version;

        var accepted = _store.Accept("3600a0980mpatha")!;

        Assert.Equal((null, 4, MapState.Healthy, 2), (accepted.Refusal, accepted.FormerBest, accepted.Map.Verdict.State, accepted.Map.Verdict.BestUsablePaths));
        Assert.Equal("healthy", _board.Find(VerdictKind.Storage, "mpatha")!.Verdict.State);
        var keys = new HashSet<string>();
        Assert.Equal(version + 1, _store.ChangedSince(version, keys, out _)!.Version);
        Assert.Equal([StorageKey.OfMap(MapMaker.Of("sda A"))], keys);
        // Nothing is left to be accepted: nothing changes.
        Assert.Equal((null, 2), (_store.Accept("mpatha")!.Refusal, _store.Accept("mpatha")!.FormerBest));
        Assert.Equal(version + 1, _store.Current.Version);
        Assert.Null(_store.Accept("never"));
        Assert.True(_memory.Flush(TimeSpan.FromSeconds(60)));
        using var memory = new MapMemory(_folder, NullLogger.Instance, writes: false);
        Assert.Equal((2, 2), (memory.Of("3600a0980mpatha").Best.Paths, memory.Of("3600a0980mpathb").Best.Paths));
    }

    [Fact]
    public void What_is_refused_changes_nothing()
    {
        _store.Publish(MapMaker.Reading(MapMaker.Of(Whole)), null);
        _store.Publish(MapMaker.Reading(MapMaker.Of("sda F")), ["mpatha"]);
        var refused = _store.Accept("mpatha")!;
        Assert.StartsWith("not accepted: mpatha has no usable path", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal((2, 2), (refused.FormerBest, _store.Current.Version));
        Assert.Equal(2, _memory.Of("3600a0980mpatha").Best.Paths);
    }

    public void Dispose()
    {
        _store.Dispose();
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
