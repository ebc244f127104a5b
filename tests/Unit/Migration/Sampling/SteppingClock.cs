using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>A manual clock whose dates can be set without time going on.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private TimeSpan _stepped;

    public ManualClock Steady { get; } = new();

    public override long TimestampFrequency => Steady.TimestampFrequency;

    public void Step(TimeSpan by) => _stepped += by;

    public override DateTimeOffset GetUtcNow() => Steady.GetUtcNow() + _stepped;

    public override long GetTimestamp() => Steady.GetTimestamp();

    /// <summary>Timers never ring, and cost nothing to set.</summary>
    public bool HasNoTimers { get; init; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        HasNoTimers ? new NoTimer() : Steady.CreateTimer(callback, state, dueTime, period);

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
