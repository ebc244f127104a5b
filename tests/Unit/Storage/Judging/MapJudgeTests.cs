using NodeAgent.Config;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage.Judging;

public sealed class MapJudgeTests
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly StorageSettings s_settings = new();

    private static readonly Dictionary<string, StorageInitiator> s_initiators = new StorageInitiator[]
    {
        new() { Name = "fc3", Transport = StorageTransport.FibreChannel, State = "Linkdown" },
        new() { Name = "session2", Transport = StorageTransport.Iscsi, State = "FAILED", Remotes = [new RemotePort("iqn.2026-11.com.example:t") { Address = "10.0.0.5:3260" }] },
        new() { Name = "nvme1", Transport = StorageTransport.NvmeTcp, State = "connecting", Remotes = [new RemotePort("nqn.2026-11.com.example:t") { Address = "10.0.1.5:4420" }] },
    }.ToDictionary(static i => i.Name);

    [Theory]
    [MemberData(nameof(JudgeCases.Names), MemberType = typeof(JudgeCases))]
    public void The_table_of_verdicts_holds(string name)
    {
        var row = JudgeCases.Find(name);
        var verdict = Judge(row.Map(MapMaker.Of(row.Paths)), row.History(MapHistory.None with { Best = row.Best }), Now).Verdict;
        Assert.StartsWith("mpatha ", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(row.Verdict, $"{MapWords.Of(verdict.State)} {verdict.Severity}: {verdict.Sentence["mpatha ".Length..]}");
    }

    [Fact]
    public void A_state_keeps_its_time_while_it_lasts()
    {
        var one = MapMaker.Of("sda A ready running host2 | sdb F faulty offline host3");
        var first = Judge(one, MapHistory.None, Now);
        var second = Judge(one, first.History, Now.AddHours(1));
        Assert.Equal(Now, second.Verdict.Since);
        var healed = Judge(MapMaker.Of("sda A ready running host2 | sdb A ready running host3"), second.History, Now.AddHours(2));
        Assert.Equal((MapState.Healthy, Now.AddHours(2)), (healed.Verdict.State, healed.Verdict.Since));
    }

    [Fact]
    public void The_time_without_redundancy_adds_up()
    {
        var (whole, one, none) = (MapMaker.Of("sda A | sdb A"), MapMaker.Of("sda A | sdb F"), MapMaker.Of("sda F | sdb F"));
        var history = Judge(whole, MapHistory.None, Now).History;
        history = Judge(one, history, Now.AddSeconds(10)).History;
        Assert.Equal(TimeSpan.FromSeconds(5), history.LostUntil(Now.AddSeconds(15)));
        history = Judge(none, history, Now.AddSeconds(20)).History;
        history = Judge(whole, history, Now.AddSeconds(40)).History;
        Assert.Equal(TimeSpan.FromSeconds(30), history.LostUntil(Now.AddSeconds(100)));
        history = Judge(one, history, Now.AddSeconds(100)).History;
        Assert.Equal(TimeSpan.FromSeconds(31), history.LostUntil(Now.AddSeconds(101)));
    }

    [Fact]
    public void A_map_that_only_ever_had_one_path_loses_nothing() =>
        Assert.Null(Judge(MapMaker.Of("sda A"), MapHistory.None, Now).History.LostSince);

    [Fact]
    public void One_path_that_goes_and_comes_three_times_is_flapping_until_it_was_quiet_for_the_window()
    {
        var (whole, one) = (MapMaker.Of("sda A | sdb A | sdc A"), MapMaker.Of("sda A | sdb A | sdc F"));
        var judged = Judge(whole, MapHistory.None, Now);
        for (var i = 1; i <= 6; i++)
        {
            Assert.False(judged.Verdict.IsFlapping);
            judged = Judge(i % 2 == 1 ? one : whole with { Groups = whole.Groups }, Counted(judged.History), Now.AddMinutes(i));
        }

        Assert.True(judged.Verdict.IsFlapping);
        Assert.Equal(Now.AddMinutes(11), judged.Verdict.ReviewAt);
        Assert.True(Judge(whole, judged.History, Now.AddMinutes(11).AddTicks(-1)).Verdict.IsFlapping);
        var quiet = Judge(whole, judged.History, Now.AddMinutes(11));
        Assert.Equal((false, MapState.Healthy, Severity.Ok), (quiet.Verdict.IsFlapping, quiet.Verdict.State, quiet.Verdict.Severity));

        // The table's own count of failures is in the maps of this test only while the path is down.
        static MapHistory Counted(MapHistory history) => history with { FailCount = null };
    }

    [Fact]
    public void Paths_that_go_one_after_the_other_when_an_adapter_fails_are_no_flapping()
    {
        string[] steps = ["AAAA", "AAAF", "AAFF", "AFFF", "FFFF", "AFFF", "AAFF", "AAAF", "AAAA"];
        var history = MapHistory.None;
        foreach (var step in steps) history = Judge(Map(step), history, Now).History;
        Assert.Equal(2, history.Turns.Length);

        static MultipathMap Map(string paths) => MapMaker.Of(string.Join(" | ", paths.Select(static (p, i) => $"sd{(char)('a' + i)} {p}")));
    }

    [Fact]
    public void What_came_back_between_two_readings_is_counted_by_device_mapper()
    {
        var history = Judge(Counted(2), MapHistory.None, Now).History;
        Assert.Equal(2, Judge(Counted(3), history, Now).History.Turns.Length);
        Assert.True(Judge(Counted(5), history, Now).Verdict.IsFlapping);
        // A new table counts from 0.
        Assert.Empty(Judge(Counted(0), history, Now).History.Turns);

        static MultipathMap Counted(uint failures)
        {
            var map = MapMaker.Of("sda A | sdb A");
            return map with { Groups = [map.Groups[0] with { Paths = [map.Groups[0].Paths[0] with { FailCount = failures }, map.Groups[0].Paths[1]] }] };
        }
    }

    [Fact]
    public void A_map_found_path_by_path_at_boot_has_not_turned()
    {
        var history = MapHistory.None;
        foreach (var paths in (string[])["sda A", "sda A | sdb A", "sda A | sdb A | sdc A", "sda A | sdb A | sdc A | sdd A"]) history = Judge(MapMaker.Of(paths), history, Now).History;
        Assert.Empty(history.Turns);
        Assert.Equal(4, history.Best.Paths);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_to_a_map_the_numbers_make_sense(int seed)
    {
        var random = new Random(seed);
        var history = MapHistory.None;
        var now = Now;
        for (var step = 0; step < 2000; step++)
        {
            var map = RandomMap(random);
            var best = history.Best;
            now = now.AddSeconds(random.Next(100));
            var (verdict, after) = Judge(map, history, now);
            var paths = map.Paths.ToList();
            if (verdict.State != MapState.Unknown) Assert.Equal(paths.Count(static p => p.DmActive == true), verdict.UsablePaths);
            Assert.InRange(verdict.UsablePaths, 0, paths.Count);
            Assert.Equal(best.Max(after.Best), after.Best);
            Assert.True(after.Best.Paths >= verdict.UsablePaths || verdict.State == MapState.Unknown);
            Assert.InRange(after.Turns.Length, 0, s_settings.FlappingChanges);
            Assert.InRange(after.LostUntil(now), history.LostUntil(now), TimeSpan.MaxValue);
            Assert.Equal(verdict.State == MapState.Queueing, verdict.QueueingSince is not null && verdict.State == MapState.Queueing);
            Assert.True(verdict.Since <= now);
            Assert.DoesNotContain('\n', verdict.Sentence);
            Assert.False(verdict.Sentence.EndsWith('.'), verdict.Sentence);
            // The same again changes nothing.
            Assert.Equal(verdict, Judge(map, after, now).Verdict);
            history = after;
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_path_that_comes_back_never_makes_it_worse(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 2000; step++)
        {
            var map = RandomMap(random) with { IsSuspended = false };
            if (map.Groups.Count == 0 || map.Groups[0].Paths.All(static p => p.DmActive == true)) continue;
            var history = MapHistory.None with { Best = new PathSpread(random.Next(5), random.Next(3), random.Next(3), random.Next(3)) };
            var index = map.Groups[0].Paths.Select(static (p, i) => (p, i)).First(static x => x.p.DmActive != true).i;
            var better = map with { Groups = [map.Groups[0] with { Paths = [.. map.Groups[0].Paths.Select((p, i) => i == index ? p with { DmActive = true } : p)] }, .. map.Groups.Skip(1)] };
            Assert.True(Rank(Judge(better, history, Now).Verdict.State) <= Rank(Judge(map, history, Now).Verdict.State));
        }

        static int Rank(MapState state) => state switch { MapState.Healthy => 0, MapState.Degraded => 1, MapState.NoRedundancy => 2, _ => 3 };
    }

    private static MapJudgement Judge(MultipathMap map, MapHistory history, DateTimeOffset now) => MapJudge.Judge(map, history, s_settings, s_initiators, now);

    private static MultipathMap RandomMap(Random random)
    {
        var paths = Enumerable.Range(0, random.Next(6)).Select(i =>
            $"sd{(char)('a' + i)} {Pick("A", "A", "F", "-")} {Pick("ready", "faulty", "ghost", "-")} {Pick("running", "offline", "blocked", "-")} {Pick("host2", "host3", "-")} {Pick("p1", "p2", "-")} {Pick("f1", "f2", "-")}");
        return MapMaker.Of(string.Join(" | ", paths)) with { QueuesIfNoPath = random.Next(2) == 0, IsSuspended = random.Next(20) == 0, IsRoot = random.Next(9) == 0 };

        string Pick(params string[] words) => words[random.Next(words.Length)];
    }
}
