using NodeAgent.Kvm.Watching;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Kvm;

public sealed class CheckScheduleTests
{
    private readonly ManualClock _clock = new();
    private readonly CheckSchedule _schedule;

    public CheckScheduleTests() => _schedule = new CheckSchedule(_clock);

    [Fact]
    public void The_first_check_is_made_at_once_and_the_next_in_a_minute()
    {
        Assert.Equal(TimeSpan.Zero, _schedule.Left);
        Check();
        Assert.Equal(TimeSpan.FromMinutes(1), _schedule.Left);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(1), _schedule.Left);
    }

    [Fact]
    public void An_event_is_looked_at_at_once_and_once_more_when_udev_is_done()
    {
        Check();
        _clock.Advance(TimeSpan.FromSeconds(10));
        _schedule.Event();
        Assert.Equal(TimeSpan.Zero, _schedule.Left);
        Check();
        Assert.Equal(TimeSpan.FromSeconds(1), _schedule.Left);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, _schedule.Left);
        Check();
        Assert.Equal(TimeSpan.FromMinutes(1), _schedule.Left);
    }

    [Fact]
    public void A_storm_of_events_costs_five_checks_a_second()
    {
        var checks = 0;
        for (var i = 0; i < 10_000; i++)
        {
            _schedule.Event();
            if (_schedule.Left == TimeSpan.Zero)
            {
                Check();
                checks++;
            }

            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(checks, 45, 55);
    }

    [Fact]
    public void An_event_during_a_check_brings_another()
    {
        _schedule.Begin();
        _schedule.Event();
        _schedule.End();
        Assert.Equal(CheckSchedule.Pause, _schedule.Left);
    }

    private void Check()
    {
        _schedule.Begin();
        _schedule.End();
    }
}
