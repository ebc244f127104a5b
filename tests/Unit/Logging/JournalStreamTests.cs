using NodeAgent.Logging;
using NodeAgent.Native.Linux;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Logging;

public sealed class JournalStreamTests
{
    [Theory]
    [InlineData("9:1234", true)]
    [InlineData("9:1235", false)]
    [InlineData("8:1234", false)]
    [InlineData("9", false)]
    [InlineData("", false)]
    [InlineData("x:y", false)]
    public void Only_the_stream_that_systemd_named_is_the_journal(string named, bool isJournal) => Assert.Equal(isJournal, JournalStream.Matches(named, (9, 1234)));

    [Fact]
    public void A_closed_descriptor_is_none() => Assert.False(JournalStream.Matches("9:1234", null));

    /// <summary>The numbers of stat(1).</summary>
    [Fact]
    public void Device_and_inode_are_those_that_stat_gives()
    {
        using var own = File.OpenHandle(Environment.ProcessPath!);
        var (device, inode) = Stat.Identify((int)own.DangerousGetHandle())!.Value;
        Assert.Equal(Command.Run("stat", "--dereference", "--format=%d:%i", Environment.ProcessPath!).Trim(), $"{device}:{inode}");
        Assert.Null(Stat.Identify(1_000_000));
    }
}
