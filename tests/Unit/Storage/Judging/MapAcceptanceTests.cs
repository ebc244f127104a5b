using NodeAgent.Config;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage.Judging;

/// <summary>What becomes of a map whose paths are accepted as they are: from its paths and the most it ever had to a verdict, or to why not.</summary>
public sealed class MapAcceptanceTests
{
    private static readonly Dictionary<string, StorageInitiator> s_none = [];

    [Theory]
    [InlineData("zoned from four paths to two", "sda A ready running host2 | sdb A ready running host3", 4, 2, "2 healthy: has 2 of 2 paths over host2 and host3")]
    [InlineData("an adapter taken out, as many paths left", "sda A ready running host2 | sdb A ready running host2", 2, 2, "2 healthy: has 2 of 2 paths, all over host2")]
    [InlineData("one path left", "sda A ready running host2", 2, 2, "1 no redundancy: has a single path (sda over host2) and stops with it; give it a second one over another adapter")]
    [InlineData("one gone, one failed: that one is expected still", "sda A ready running host2 | sdb A ready running host3 | sdc F faulty offline host3", 4, 2, "3 degraded: has 2 of 3 paths: sdc is offline for SCSI; see the kernel's log for sdc, then write running to /sys/block/sdc/device/state")]
    [InlineData("a path that multipathd alone knows is there", "sda A ready running host2 | sdb A ready running host3 | sdc - faulty running host3", 4, 2, "3 degraded: has 2 of 3 paths: multipathd knows sdc but device-mapper does not use it; see why in multipathd's log: journalctl -u multipathd")]
    [InlineData("all is well already", "sda A ready running host2 | sdb A ready running host3", 2, 2, "2 healthy: has 2 of 2 paths over host2 and host3")]
    public void What_is_gone_is_expected_no_longer(string how, string paths, int best, int initiators, string expected)
    {
        var (history, refusal) = Accept(MapMaker.Of(paths), best, initiators);
        Assert.True(refusal is null, $"{how}: {refusal}");
        var verdict = Judge(MapMaker.Of(paths), history!).Verdict;
        Assert.Equal(expected, $"{verdict.BestUsablePaths} {MapWords.Of(verdict.State)}: {verdict.Sentence["mpatha ".Length..]}");
    }

    [Theory]
    [InlineData("sda F faulty offline host2 | sdb F faulty offline host3", 4, "not accepted: mpatha has no usable path of 4 and its I/O fails: ")]
    [InlineData("", 4, "not accepted: mpatha has no usable path of 4 and its I/O fails: 4 paths it had are gone; check zoning, sessions and LUN mapping, then rescan the adapters")]
    [InlineData("sda A ready running host2 | sdb F faulty running host3", 2, "nothing to accept, for no path is gone: mpatha has 1 of 2 paths left")]
    [InlineData("sda A ready running host2 | sdb F faulty running host3", 2, "; delete the paths that were taken away on purpose (echo 1 > /sys/block/sdb/device/delete), then accept")]
    [InlineData("sda A ready running host2", 1, "nothing to accept, for no path is gone: mpatha has a single path")]
    public void What_is_wrong_otherwise_is_not_accepted(string paths, int best, string expected)
    {
        var (history, refusal) = Accept(MapMaker.Of(paths), best, Math.Min(best, 2));
        Assert.Null(history);
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_waits_for_paths_or_is_not_known_is_not_accepted()
    {
        var (_, queueing) = Accept(MapMaker.Of("sda F") with { QueuesIfNoPath = true }, 2, 2);
        Assert.Contains("its I/O waits since", queueing, StringComparison.Ordinal);
        var (_, unknown) = Accept(MapMaker.Of("sda A") with { Groups = [], Error = "dm status: EIO" }, 2, 2);
        Assert.Equal("not accepted, for its paths are not known: mpatha cannot be judged: dm status: EIO", unknown);
    }

    [Fact]
    public void Paths_that_come_back_are_expected_again()
    {
        var (accepted, _) = Accept(MapMaker.Of("sda A | sdb A"), 4, 0);
        var risen = Judge(MapMaker.Of("sda A | sdb A | sdc A"), accepted!);
        Assert.Equal((MapState.Healthy, 3), (risen.Verdict.State, risen.Verdict.BestUsablePaths));
        Assert.Equal(MapState.Degraded, Judge(MapMaker.Of("sda A | sdb A"), risen.History).Verdict.State);
    }

    private static (MapHistory? History, string? Refusal) Accept(MultipathMap map, int best, int initiators)
    {
        var judged = Judge(map, MapHistory.None with { Best = new PathSpread(best, initiators, 0, 0) });
        return (MapAcceptance.Of(map, judged.Verdict, judged.History, out var refusal), refusal);
    }

    private static MapJudgement Judge(MultipathMap map, MapHistory history) => MapJudge.Judge(map, history, new StorageSettings(), s_none, MapJudgeTests.Now);
}
