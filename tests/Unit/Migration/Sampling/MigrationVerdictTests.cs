using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>What is wrong with migrations is on the board of verdicts for as long as it is.</summary>
public sealed class MigrationVerdictTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly VerdictBoard _board;
    private readonly MigrationStore _store;

    public MigrationVerdictTests()
    {
        (_board, _store) = (new VerdictBoard(_clock), new MigrationStore(1, TimeSpan.FromMinutes(5), _clock));
        _store.Tell(new MigrationVerdictSetter(_board));
    }

    [Fact]
    public void One_that_does_not_converge_is_there_until_it_does()
    {
        Put(Status(MigrationVerdict.TooEarly));
        Assert.Empty(_board.Of(VerdictKind.Migration));
        Put(Status(MigrationVerdict.WillNotConverge));
        var verdict = Assert.Single(_board.Of(VerdictKind.Migration));
        Assert.Equal(("default/vm1", "will-not-converge", Severity.Warning), (verdict.Object, verdict.State, verdict.Severity));
        Assert.StartsWith("default/vm1: its migration does not converge", verdict.Sentence, StringComparison.Ordinal);
        Put(Status(MigrationVerdict.Converging));
        Assert.Empty(_board.Of(VerdictKind.Migration));
    }

    [Fact]
    public void One_that_failed_is_there_for_as_long_as_it_is_told_of()
    {
        Put(Status(MigrationVerdict.TooEarly));
        Put(Status(MigrationVerdict.Failed) with { Phase = MigrationPhase.Failed, Outcome = MigrationOutcome.Failed, Ended = _clock.GetUtcNow(), Error = "Unable to write to socket" });
        Assert.Equal("default/vm1: its migration failed: Unable to write to socket", Assert.Single(_board.Of(VerdictKind.Migration)).Sentence);
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Empty(_board.Of(VerdictKind.Migration));
    }

    [Fact]
    public void What_an_agent_before_this_one_said_is_not_remembered_for_ever()
    {
        var changes = new List<VerdictChange>();
        var board = new VerdictBoard(_clock, [new RememberedVerdict(VerdictKind.Migration, "default/gone", "failed", _clock.GetUtcNow()), new RememberedVerdict(VerdictKind.MigrationHistory, VerdictKind.MigrationHistory, "not written", _clock.GetUtcNow())]);
        board.StatesChanged += changes.AddRange;
        _ = new MigrationVerdictSetter(board);
        Assert.Equal(("default/gone", null), (Assert.Single(changes).Object, changes[0].Verdict));
    }

    [Fact]
    public void One_that_was_cancelled_is_not()
    {
        Put(Status(MigrationVerdict.TooEarly));
        Put(Status(MigrationVerdict.WillNotConverge));
        Put(Status(MigrationVerdict.Cancelled) with { Phase = MigrationPhase.Cancelled, Outcome = MigrationOutcome.Cancelled, Ended = _clock.GetUtcNow() });
        Assert.Empty(_board.Of(VerdictKind.Migration));
    }

    public void Dispose() => _store.Dispose();

    private MigrationStatus Status(MigrationVerdict verdict) =>
        new("a", SamplerHouse.Guest(1), MigrationDirection.Outgoing) { Phase = MigrationPhase.Active, Started = _clock.GetUtcNow(), Forecast = new MigrationForecast(default, verdict) };

    private void Put(in MigrationStatus status)
    {
        using var batch = _store.Write();
        batch.Put(status, _clock.GetUtcNow());
    }
}
