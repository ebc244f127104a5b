using NodeAgent.Files;
using Xunit;

namespace NodeAgent.Tests.Unit.Files;

/// <summary>Calls that hang are played by a gate that the test opens.</summary>
public sealed class BoundedCallTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public void What_ends_in_time_gives_its_result()
    {
        var call = new BoundedCall("test");
        Assert.True(call.TryRun(static () => 17, s_long, out var result));
        Assert.Equal(17, result);
        Assert.False(call.IsStuck);
    }

    [Fact]
    public void What_hangs_is_given_up_and_nothing_else_is_begun_until_it_ends()
    {
        var call = new BoundedCall("test");
        using var gate = new ManualResetEventSlim();
        Assert.False(call.TryRun(() => Pass(gate), TimeSpan.FromMilliseconds(1), out _));
        Assert.True(call.IsStuck);

        var begun = false;
        Assert.False(call.TryRun(() => begun = true, s_long, out _));
        Assert.False(begun);

        gate.Set();
        Assert.True(SpinWait.SpinUntil(() => !call.IsStuck, s_long));
        Assert.True(call.TryRun(static () => "late is dropped", s_long, out var result));
        Assert.Equal("late is dropped", result);
    }

    [Fact]
    public void What_throws_throws_here_and_the_next_one_runs()
    {
        var call = new BoundedCall("test");
        Assert.Throws<InvalidDataException>(() => call.TryRun<int>(static () => throw new InvalidDataException(), s_long, out _));
        Assert.False(call.IsStuck);
        Assert.True(call.TryRun(static () => 1, s_long, out _));
    }

    private static string Pass(ManualResetEventSlim gate)
    {
        gate.Wait();
        return "too late";
    }
}
