using System.Text;
using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage;

public sealed class MultipathTextTests
{
    [Fact]
    public void Groups_and_paths_are_the_statuss()
    {
        var problem = MultipathText.ReadStatus("2 0 1 0 2 1 A 0 1 2 8:0 A 0 4096 1 E 0 2 2 8:16 F 3 0 1 259:7 A 0 0 1 "u8, out var groups);
        Assert.Null(problem);
        Assert.Equal(["active", "enabled"], groups.Select(g => g.State));
        Assert.Equal([new DmPath(new DeviceNumber(8, 0), true, 0)], groups[0].Paths);
        Assert.Equal([new DmPath(new DeviceNumber(8, 16), false, 3), new DmPath(new DeviceNumber(259, 7), true, 0)], groups[1].Paths);
    }

    /// <summary>round-robin has no arguments of paths; historical-service-time has several of the group; a bypassed group is D.</summary>
    [Theory]
    [InlineData("2 0 0 0 1 1 D 0 1 0 8:0 A 0")]
    [InlineData("2 0 0 0 1 1 D 3 x y z 1 5 8:0 A 0 1 2 3 4 5")]
    [InlineData("4 0 0 7 8 2 a b 1 1 D 0 1 0 8:0 A 0")]
    public void What_other_versions_and_selectors_add_is_passed_over(string status)
    {
        Assert.Null(MultipathText.ReadStatus(Encoding.ASCII.GetBytes(status), out var groups));
        var group = Assert.Single(groups);
        Assert.Equal("disabled", group.State);
        Assert.Equal(new DeviceNumber(8, 0), Assert.Single(group.Paths).Number);
    }

    [Theory]
    [InlineData("0 0 0 0", true)]
    [InlineData("2 0 0 0 0 0", true)]
    [InlineData("", false)]
    [InlineData("2 0", false)]
    [InlineData("2 0 1 0 1 1 A 0 1 2 8:0 A 0 1", false)]
    [InlineData("2 0 1 0 1 1 X 0 1 0 8:0 A 0", false)]
    [InlineData("2 0 1 0 1 1 A 0 1 0 8-0 A 0", false)]
    [InlineData("2 0 1 0 1 1 A 0 1 0 8:0 B 0", false)]
    [InlineData("2 0 1 0 1 1 A 0 1 0 8:0: A 0", false)]
    [InlineData("2 0 1 0 4294967295 1 A", false)]
    [InlineData("no text of device-mapper", false)]
    public void Text_that_makes_no_sense_says_where(string status, bool sense)
    {
        var problem = MultipathText.ReadStatus(Encoding.ASCII.GetBytes(status), out _);
        Assert.Equal(sense, problem is null);
        if (!sense) Assert.Contains("word ", problem);
    }

    [Theory]
    [InlineData("1 queue_if_no_path 1 alua 2 1 service-time 0 1 2 8:0 1 1 queue-length 0 1 1 8:16 1", true, "alua", "service-time queue-length")]
    [InlineData("0 0 1 1 round-robin 0 2 1 8:0 1000 8:16 1000", false, "", "round-robin")]
    [InlineData("3 pg_init_retries 50 queue_if_no_path 1 rdac 0 0", true, "rdac", "")]
    [InlineData("2 queue_mode bio 0 1 1 a-later-selector 1 x 1 0 8:0", false, "", "a-later-selector")]
    public void Features_handler_and_selectors_are_the_tables(string table, bool queues, string handler, string selectors)
    {
        Assert.Null(MultipathText.ReadTable(Encoding.ASCII.GetBytes(table), out var found, out var hardware, out var all));
        Assert.Equal((queues, handler, selectors), (found, hardware, string.Join(' ', all)));
    }
}
