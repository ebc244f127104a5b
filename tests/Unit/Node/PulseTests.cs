using NodeAgent.Node;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Node;

public sealed class PulseTests
{
    [Fact]
    public async Task Signals_before_a_wait_count_as_one()
    {
        var pulse = new Pulse();
        pulse.Set();
        pulse.Set();
        await pulse.WaitAsync();
        var second = pulse.WaitAsync();
        Assert.False(second.IsCompleted);
        pulse.Set();
        await second;
    }

    [Fact]
    public async Task No_signal_is_lost_between_many_signallers_and_one_waiter()
    {
        var pulse = new Pulse();
        var count = 0;
        const int total = 4 * 20_000;
        var signallers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < total / 4; i++)
            {
                Interlocked.Increment(ref count);
                pulse.Set();
            }
        })).ToArray();
        while (Volatile.Read(ref count) < total) await pulse.WaitAsync();
        await Task.WhenAll(signallers);
        Assert.Equal(total, count);
    }

    [Fact]
    public void A_wait_allocates_nothing()
    {
        var pulse = new Pulse();
        Assert.Equal(0, Allocated.By(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                var wait = pulse.WaitAsync();
                pulse.Set();
                wait.GetAwaiter().GetResult();
            }
        }));
    }
}
