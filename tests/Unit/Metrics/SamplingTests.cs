using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Metrics.Sampling;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

public sealed class SamplingTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(60);

    private readonly StoppedClock _clock = new();
    private readonly Collector _collector = new();

    [Fact]
    public async Task Nothing_is_read_before_somebody_scrapes()
    {
        using var thread = Thread();
        Assert.True(double.IsNaN(thread.Age));
        Assert.False(thread.Succeeds);
        await thread.Freshen()!.WaitAsync(s_enough);
        Assert.Equal(1, _collector.Runs);
        Assert.True(thread.Succeeds);
    }

    [Fact]
    public async Task A_fresh_sample_is_not_waited_for_and_an_old_one_is()
    {
        using var thread = Thread();
        await thread.Freshen()!.WaitAsync(s_enough);
        Assert.Null(thread.Freshen());
        _clock.Advance(s_interval * 10);
        Assert.Equal(s_interval.TotalSeconds * 10, thread.Age);
        await thread.Freshen()!.WaitAsync(s_enough);
        Assert.Equal(0, thread.Age);
    }

    [Fact]
    public async Task A_run_that_is_stuck_is_waited_for_only_so_long()
    {
        _collector.Block();
        using var thread = Thread();
        var first = thread.Freshen();
        Assert.True(_collector.Begun.Wait(s_enough));
        Assert.NotNull(thread.Freshen());
        _clock.Advance(CollectorThread.Patience * 2);
        Assert.Null(thread.Freshen());
        Assert.False(first!.IsCompleted);
        _clock.Advance(CollectorThread.Overdue);
        Assert.False(thread.Succeeds);
        _collector.Release();
        await first.WaitAsync(s_enough);
        Assert.True(thread.Succeeds);
    }

    [Fact]
    public async Task A_failure_is_told_and_keeps_the_age_of_what_there_was()
    {
        using var thread = Thread();
        await thread.Freshen()!.WaitAsync(s_enough);
        _clock.Advance(s_interval * 2);
        _collector.Fails = true;
        await thread.Freshen()!.WaitAsync(s_enough);
        SpinWait.SpinUntil(() => !thread.Succeeds, s_enough);
        Assert.False(thread.Succeeds);
        Assert.Equal(s_interval.TotalSeconds * 2, thread.Age);
    }

    [Fact]
    public async Task Another_interval_counts_at_once()
    {
        using var thread = Thread();
        await thread.Freshen()!.WaitAsync(s_enough);
        _clock.Advance(s_interval * 2);
        thread.Interval = s_interval * 10;
        Assert.Null(thread.Freshen());
        thread.Interval = s_interval;
        await (thread.Freshen() ?? Task.CompletedTask).WaitAsync(s_enough);
        Assert.Equal(0, thread.Age);
    }

    private CollectorThread Thread() => new(_collector, s_interval, _clock, NullLogger.Instance);

    private sealed class Collector : ICollector
    {
        private readonly ManualResetEventSlim _go = new(true);
        private int _runs;

        public string Name => "test";

        public int Runs => _runs;

        public bool Fails { get; set; }

        public ManualResetEventSlim Begun { get; } = new();

        public void Block() => _go.Reset();

        public void Release() => _go.Set();

        public void Collect()
        {
            Begun.Set();
            _go.Wait();
            Interlocked.Increment(ref _runs);
            if (Fails) throw new IOException("The kernel said no.");
        }
    }
}
