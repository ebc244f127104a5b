using NodeAgent.Network.Drift;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Drift;

public sealed class DaemonLivenessTests
{
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(5);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_loop_that_comes_round_answers()
    {
        DaemonLiveness? liveness = null;
        liveness = new DaemonLiveness(_clock, () => liveness!.Turned());
        Assert.True(await liveness.AnswersAsync(s_within, CancellationToken.None));
    }

    [Fact]
    public async Task A_loop_that_hangs_does_not()
    {
        var woken = 0;
        var liveness = new DaemonLiveness(_clock, () => woken++);
        var answer = liveness.AnswersAsync(s_within, CancellationToken.None);
        _clock.Advance(s_within);
        Assert.False(await answer);
        Assert.Equal(1, woken);
    }

    [Fact]
    public async Task A_loop_in_a_transaction_is_let_be_until_its_time_is_over()
    {
        var liveness = new DaemonLiveness(_clock, static () => { });
        liveness.Busy(TimeSpan.FromSeconds(8));
        var first = liveness.AnswersAsync(s_within, CancellationToken.None);
        _clock.Advance(s_within);
        Assert.True(await first);
        Assert.Equal(TimeSpan.FromSeconds(3), liveness.BusyFor);
        var second = liveness.AnswersAsync(s_within, CancellationToken.None);
        _clock.Advance(s_within);
        Assert.False(await second);
    }

    [Fact]
    public async Task Everybody_who_asks_is_answered_by_one_turn()
    {
        var liveness = new DaemonLiveness(_clock, static () => { });
        var both = Task.WhenAll(liveness.AnswersAsync(s_within, CancellationToken.None), liveness.AnswersAsync(s_within, CancellationToken.None));
        liveness.Busy(s_within);
        liveness.Turned();
        Assert.All(await both, Assert.True);
        Assert.Equal(TimeSpan.Zero, liveness.BusyFor);
    }
}
