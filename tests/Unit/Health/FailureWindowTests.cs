using NodeAgent.Network.Health;
using Xunit;

namespace NodeAgent.Tests.Unit.Health;

public sealed class FailureWindowTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_counted_before_is_not_recent()
    {
        var window = new FailureWindow();
        Assert.Equal(0, window.Observe(17, s_start));
        Assert.Equal(0, window.Observe(17, s_start.AddMinutes(5)));
        Assert.Equal(2, window.Observe(19, s_start.AddMinutes(5)));
    }

    [Fact]
    public void Failures_are_forgotten_after_ten_minutes()
    {
        var window = new FailureWindow();
        window.Observe(0, s_start);
        Assert.Equal(1, window.Observe(1, s_start.AddMinutes(1)));
        Assert.Equal(3, window.Observe(3, s_start.AddMinutes(8)));
        Assert.Equal(3, window.Observe(3, s_start.AddMinutes(10)));
        Assert.Equal(2, window.Observe(3, s_start.AddMinutes(12)));
        Assert.Equal(0, window.Observe(3, s_start.AddMinutes(19)));
        Assert.Equal(1, window.Observe(4, s_start.AddHours(5)));
    }

    [Fact]
    public void A_counter_that_began_anew_counts_from_nothing()
    {
        var window = new FailureWindow();
        window.Observe(100, s_start);
        Assert.Equal(2, window.Observe(2, s_start.AddMinutes(1)));
    }

    [Fact]
    public void A_clock_that_stands_or_goes_back_harms_nothing()
    {
        var window = new FailureWindow();
        window.Observe(0, s_start);
        Assert.Equal(1, window.Observe(1, s_start.AddMinutes(-30)));
        Assert.Equal(2, window.Observe(2, s_start));
    }
}
