using NodeAgent.Files;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Files;

public sealed class DeferredWriterTests
{
    [Fact]
    public void News_wait_for_the_pause_and_urgent_ones_do_not()
    {
        var writes = 0;
        using var writer = new DeferredWriter("test", () => Interlocked.Increment(ref writes), TimeSpan.FromHours(1), static _ => { });
        writer.Set();
        Assert.True(Wait.Until(() => Volatile.Read(ref writes) == 1));
        writer.Set();
        Assert.False(writer.Flush(TimeSpan.FromMilliseconds(50)));
        Assert.Equal(1, Volatile.Read(ref writes));
        writer.Set(urgent: true);
        Assert.True(writer.Flush(TimeSpan.FromMinutes(1)));
        Assert.Equal(2, Volatile.Read(ref writes));
    }
}
