using NodeAgent.Tests.Support;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Verdicts;

/// <summary>What the board allocates with thousands of verdicts on it.</summary>
public sealed class BoardAllocationTests
{
    private const int Objects = 1000;
    private const int Rounds = 200;

    private readonly Verdict[] _verdicts = [.. Enumerable.Range(0, Objects).Select(static i => Map(i, "healthy"))];
    private readonly VerdictBoard _board = new(new ManualClock());

    public BoardAllocationTests() => _board.Set(VerdictKind.Storage, _verdicts);

    [Fact]
    public void All_of_them_again_cost_nothing() => Assert.Equal(0, BytesPerRound(_ => _board.Set(VerdictKind.Storage, _verdicts)));

    // A path of ten nodes down the tree, the change and its list.
    [Fact]
    public void One_that_changed_costs_as_one()
    {
        Verdict[] states = [Map(500, "degraded"), Map(500, "healthy")];
        Assert.InRange(BytesPerRound(i => _board.Update(states[i % 2])), 1, 2048);
    }

    private static long BytesPerRound(Action<int> work) => Allocated.By(() =>
    {
        for (var i = 0; i < Rounds; i++) work(i);
    }) / Rounds;

    private static Verdict Map(int i, string state) => new(VerdictKind.Storage, $"mpath{i:0000}", state, Severity.Ok, "sentence");
}
