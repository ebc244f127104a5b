using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Migration.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration;

public sealed class ResidentMemoryTests
{
    [Theory]
    [InlineData("Name:\tqemu\nVmRSS:\t  2048 kB\nRssAnon:\t 1 kB\nHugetlbPages:\t 1024 kB\n", 3072L << 10)]
    [InlineData("VmRSS:\t0 kB\n", 0L)]
    [InlineData("Name:\tkthread\n", null)]
    [InlineData("VmRSS:\tmany kB\n", null)]
    [InlineData("VmRSS:\t-5 kB\nHugetlbPages:\n", null)]
    public void It_is_what_is_resident_with_huge_pages(string status, long? bytes) => Assert.Equal(bytes, ResidentMemory.OfStatus(status));

    [Fact]
    public void This_process_has_some_and_one_with_another_start_has_none()
    {
        var stat = ProcessFiles.Stat(HostPaths.Default, Environment.ProcessId, out _)!.Value;
        Assert.InRange(ResidentMemory.Of(HostPaths.Default, new GuestProcess(Environment.ProcessId, stat.StartTicks)) ?? 0, 1 << 20, 1L << 40);
        Assert.Null(ResidentMemory.Of(HostPaths.Default, new GuestProcess(Environment.ProcessId, stat.StartTicks + 1)));
    }
}
