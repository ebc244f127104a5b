using NodeAgent.Tests.Support;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Verdicts;

public sealed class VerdictBoardTests
{
    private readonly ManualClock _clock = new();
    private readonly List<VerdictChange> _changes = [];
    private int _told;

    [Fact]
    public void What_is_set_is_shown_by_kind_and_object_with_its_time()
    {
        var board = Board();
        board.Set(VerdictKind.Storage, [Map("mpathb", "healthy"), Map("mpatha", "degraded")]);
        board.Set(VerdictKind.Bond, [new Verdict(VerdictKind.Bond, "bond0", "ok", Severity.Ok, "both ports carry traffic")]);
        Assert.Equal(["bond0", "mpatha", "mpathb"], board.All.Select(static v => v.Object));
        Assert.Equal(["mpatha", "mpathb"], board.Of(VerdictKind.Storage).Select(static v => v.Object));
        Assert.Equal(_clock.GetUtcNow(), board.Find(VerdictKind.Storage, "mpatha")!.Since);
        Assert.Null(board.Find(VerdictKind.Storage, "mpathc"));
        Assert.Empty(board.Of(VerdictKind.Kvm));
        Assert.Equal(2, _told);
    }

    [Fact]
    public void One_that_is_updated_leaves_the_others()
    {
        var board = Board();
        board.Set(VerdictKind.Storage, [Map("mpatha", "healthy"), Map("mpathb", "healthy")]);
        _changes.Clear();
        _clock.Advance(TimeSpan.FromMinutes(1));
        board.Update(Map("mpatha", "failed"));
        var change = Assert.Single(_changes);
        Assert.Equal(new VerdictChange(_clock.GetUtcNow(), VerdictKind.Storage, "mpatha", "healthy", Map("mpatha", "failed")), change);
        Assert.Equal(["failed", "healthy"], board.Of(VerdictKind.Storage).Select(static v => v.State));
        Assert.Equal(_clock.GetUtcNow(), board.Find(VerdictKind.Storage, "mpatha")!.Since);
        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromMinutes(1), board.Find(VerdictKind.Storage, "mpathb")!.Since);
    }

    [Fact]
    public void Another_sentence_is_shown_and_is_no_change_of_state()
    {
        var board = Board();
        board.Update(Map("mpatha", "degraded", "3 of 4 paths"));
        var since = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _changes.Clear();
        board.Update(Map("mpatha", "degraded", "2 of 4 paths"));
        Assert.Empty(_changes);
        Assert.Equal(2, _told);
        var standing = board.Find(VerdictKind.Storage, "mpatha")!;
        Assert.Equal(("2 of 4 paths", since), (standing.Verdict.Sentence, standing.Since));
    }

    [Fact]
    public void A_sentence_that_comes_right_after_its_state_explains_it()
    {
        var board = Board();
        var explained = new List<VerdictChange>();
        board.Explained += explained.Add;
        board.Update(Map("mpatha", "degraded", "device-mapper failed sda"));
        var begun = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(1));
        board.Update(Map("mpatha", "degraded", "sda is offline"));
        Assert.Equal((begun, "sda is offline"), (Assert.Single(explained).Time, explained[0].Verdict!.Sentence));
        _clock.Advance(TimeSpan.FromSeconds(3));
        board.Update(Map("mpatha", "degraded", "sda is gone"));
        Assert.Single(explained);
        Assert.Single(_changes);
    }

    [Fact]
    public void What_is_not_set_again_or_taken_away_has_gone()
    {
        var board = Board();
        board.Set(VerdictKind.Storage, [Map("mpatha", "healthy"), Map("mpathb", "healthy"), Map("mpathc", "healthy")]);
        _changes.Clear();
        board.Set(VerdictKind.Storage, [Map("mpathb", "healthy"), Map("mpathd", "healthy")]);
        board.Update(VerdictKind.Storage, [], ["mpathb", "never"]);
        Assert.Equal(["mpathd +", "mpatha -", "mpathc -", "mpathb -"], _changes.Select(static c => $"{c.Object} {(c.Verdict is null ? "-" : "+")}"));
        Assert.Equal(["mpathd"], board.All.Select(static v => v.Object));
    }

    [Fact]
    public void What_stands_as_before_the_restart_has_not_changed()
    {
        var begun = _clock.GetUtcNow() - TimeSpan.FromDays(3);
        var board = Board(
            new RememberedVerdict(VerdictKind.Storage, "same", "degraded", begun),
            new RememberedVerdict(VerdictKind.Storage, "other", "degraded", begun),
            new RememberedVerdict(VerdictKind.Storage, "gone", "healthy", begun),
            new RememberedVerdict(VerdictKind.Bond, "bond0", "ok", begun));
        board.Set(VerdictKind.Storage, [Map("same", "degraded"), Map("other", "healthy"), Map("new", "healthy")]);
        Assert.Equal(["other degraded>healthy", "new >healthy", "gone healthy>"], _changes.Select(static c => $"{c.Object} {c.Former}>{c.Verdict?.State}"));
        Assert.Equal(begun, board.Find(VerdictKind.Storage, "same")!.Since);
        _changes.Clear();
        board.Set(VerdictKind.Storage, []);
        board.Set(VerdictKind.Storage, [Map("same", "degraded")]);
        Assert.Equal(2 + 1 + 1, _changes.Count);
    }

    [Fact]
    public void A_verdict_of_another_kind_is_refused() =>
        Assert.Throws<ArgumentException>(() => Board().Set(VerdictKind.Bond, [Map("mpatha", "healthy")]));

    [Fact]
    public void What_differs_in_nothing_is_told_to_nobody()
    {
        var board = Board();
        board.Set(VerdictKind.Storage, [Map("mpatha", "healthy")]);
        board.Set(VerdictKind.Storage, [Map("mpatha", "healthy")]);
        board.Update(Map("mpatha", "healthy"));
        board.Update(VerdictKind.Storage, [], ["never"]);
        Assert.Equal(1, _told);
    }

    private VerdictBoard Board(params RememberedVerdict[] remembered)
    {
        var board = new VerdictBoard(_clock, remembered);
        board.StatesChanged += _changes.AddRange;
        board.Changed += () => _told++;
        return board;
    }

    private static Verdict Map(string name, string state, string sentence = "sentence") =>
        new(VerdictKind.Storage, name, state, state == "healthy" ? Severity.Ok : Severity.Warning, sentence);
}
