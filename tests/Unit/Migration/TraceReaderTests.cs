using System.Text;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Traces;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration;

/// <summary>Recorded timelines: what is read of them, and what is said of broken ones.</summary>
public sealed class TraceReaderTests
{
    private const string Meta = """{"t":0,"who":"lab","kind":"meta","data":{}}""";

    [Theory]
    [InlineData("", "f: expected a recorded timeline (QMP lines or libvirt job statistics), found nothing")]
    [InlineData("hello", "f:1: expected a JSON object, found \"hello\"")]
    [InlineData("[1]", "f:1: expected an object, found a list")]
    [InlineData("{\"a\":1}", "f:1: expected a line of a QMP timeline (with \"kind\") or of libvirt job statistics (with \"type\" and \"params\"), found neither")]
    [InlineData(Meta + "\n\n{\"t\":1,", "f:3: expected a JSON object, found \"{\"t\":1,\"")]
    [InlineData(Meta + "\n{\"who\":\"src\",\"kind\":\"reply\"}", "f:2: t: expected a number of seconds, found none")]
    [InlineData(Meta + "\n{\"t\":\"x\",\"kind\":\"reply\"}", "f:2: t: expected a number of seconds, found \"x\"")]
    [InlineData(Meta + "\n{\"t\":1e300,\"kind\":\"reply\"}", "f:2: t: expected at most 10000000000 seconds, found 1")]
    [InlineData("{\"t\":9,\"kind\":\"meta\"}\n{\"t\":3,\"kind\":\"reply\"}", "f:2: t: expected at least 9 as in a line before, found 3")]
    [InlineData(Meta + "\n{\"t\":1,\"who\":\"src\",\"kind\":\"reply\",\"cmd\":\"query-migrate\",\"data\":[]}", "f:2: data: expected an object, found a list")]
    [InlineData(Meta + "\n{\"t\":1,\"who\":\"src\",\"kind\":\"reply\",\"cmd\":\"query-migrate\",\"data\":{\"ram\":{\"remaining\":\"much\"}}}", "f:2: data.ram.remaining: expected a number of bytes, found \"much\"")]
    [InlineData(Meta + "\n{\"t\":1,\"who\":\"src\",\"kind\":\"reply\",\"cmd\":\"query-migrate\",\"data\":{\"ram\":{\"remaining\":-5}}}", "f:2: data.ram.remaining: expected a number of bytes, found -5")]
    [InlineData("auth list [0]\n{\"t\":1,\"type\":\"on\",\"params\":{}}", "f:2: type: expected the number of a job type, found \"on\"")]
    [InlineData("{\"t\":1,\"type\":9,\"params\":{}}", "f:1: type: expected a job type from 0 to 5, found 9")]
    [InlineData("{\"t\":1,\"type\":2,\"params\":{\"memory_total\":[\"ullong\",\"x\"]}}", "f:1: params.memory_total: expected a number of bytes, found \"x\"")]
    [InlineData("{\"t\":1,\"params\":{}}", "f:1: type: expected the number of a job type, found none")]
    [InlineData("auth list [0]\nTraceback (most recent call last):", "f:2: expected a JSON object, found \"Traceback (most recent call last):\"")]
    public void A_broken_timeline(string text, string error)
    {
        var trace = Read(text);
        Assert.StartsWith(error, Assert.Single(trace.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(trace.Entries);
    }

    [Theory]
    [InlineData("{\"t\":1,", "which breaks at its byte 7 of 7")]
    [InlineData("{\"t\":1,}", "which breaks at its byte 8 of 8")]
    public void An_object_that_is_none_says_where(string line, string where) =>
        Assert.Equal($"f:2: expected a JSON object, found \"{line}\", {where}", Assert.Single(Read($"{Meta}\n{line}").Errors).ToString());

    [Fact]
    public void Another_kind_of_file_is_one_error() => Assert.Equal("f:1: expected a JSON object, found \"?ELF\"", Assert.Single(Read("\u0001ELF\na\nb\nc").Errors).ToString());

    [Fact]
    public void All_errors_at_once_but_no_flood()
    {
        var trace = Read(Meta + "\n" + string.Concat(Enumerable.Repeat("x\n", 100)));
        Assert.Equal(TraceReader.MostErrors, trace.Errors.Count);
        Assert.Equal(2, trace.Errors[0].Line);
        Assert.Equal(3, trace.Errors[1].Line);
    }

    [Fact]
    public void What_is_not_known_is_skipped()
    {
        var trace = Read(Meta + "\n" + """{"t":1,"who":"src","kind":"reply","cmd":"query-new-thing","data":{"x":[1]}}""" + "\n" + """{"t":1,"who":"src","kind":"reply","cmd":"query-migrate","data":{"status":"of-tomorrow","new":{}}}""");
        Assert.Empty(trace.Errors);
        Assert.Null(Assert.Single(trace.Entries).Sample.Phase);
    }

    [Fact]
    public void A_timeline_without_a_migration_says_so()
    {
        var trace = Read(Meta);
        Assert.Empty(trace.Errors);
        Assert.Empty(trace.Decide());
        Assert.StartsWith("nothing in the timeline migrates", Assert.Single(trace.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Qmp_units()
    {
        var trace = Read(
            """{"t":0.5,"who":"src","kind":"reply","cmd":"query-migrate-parameters","data":{"max-bandwidth":1000,"downtime-limit":250,"max-postcopy-bandwidth":0}}""" + "\r\n" +
            """{"t":1,"who":"src","kind":"reply","cmd":"query-migrate","data":{"status":"active","total-time":900,"setup-time":3,"expected-downtime":300,"cpu-throttle-percentage":20,"ram":{"total":4000,"remaining":3000,"transferred":900,"normal-bytes":800,"duplicate":2,"dirty-pages-rate":7,"mbps":8,"dirty-sync-count":2,"page-size":100}}}""");
        var sample = Assert.Single(trace.Entries).Sample;
        Assert.Equal(TraceFormat.Qmp, trace.Format);
        Assert.Equal(new MigrationSample(TimeSpan.FromSeconds(1))
        {
            Phase = MigrationPhase.Active,
            Elapsed = TimeSpan.FromMilliseconds(900),
            Setup = TimeSpan.FromMilliseconds(3),
            ExpectedDowntime = TimeSpan.FromMilliseconds(300),
            DowntimeLimit = TimeSpan.FromMilliseconds(250),
            BandwidthLimit = 1000,
            PostcopyBandwidthLimit = 0,
            ThrottlePercent = 20,
            TotalBytes = 4000,
            RemainingBytes = 3000,
            TransferredBytes = 900,
            NormalBytes = 800,
            ZeroBytes = 200,
            DirtyBytesPerSecond = 700,
            TransferBytesPerSecond = 1_000_000,
            Pass = 2,
            PageSize = 100,
        }, sample);
    }

    [Fact]
    public void Libvirt_units_plain_and_typed()
    {
        const string Plain = """{"t":7,"type":2,"params":{"time_elapsed":900,"downtime":300,"memory_total":4000,"memory_remaining":3000,"memory_processed":900,"memory_normal_bytes":800,"memory_constant":2,"memory_bps":5000,"memory_dirty_rate":7,"memory_iteration":2,"memory_page_size":100}}""";
        var typed = Plain.Replace(":4000", ":[\"ullong\",4000]", StringComparison.Ordinal).Replace("\"t\":7", "\"side\":\"src\",\"t\":7", StringComparison.Ordinal);
        var sample = Assert.Single(Read(Plain).Entries).Sample;
        Assert.Equal(sample, Assert.Single(Read(typed).Entries).Sample);
        Assert.Equal(TimeSpan.FromMilliseconds(300), sample.ExpectedDowntime);
        Assert.Null(sample.Downtime);
        Assert.Equal(5000, sample.TransferBytesPerSecond);
        Assert.Equal(700, sample.DirtyBytesPerSecond);
        Assert.Equal(200, sample.ZeroBytes);
    }

    [Fact]
    public void A_libvirt_job_that_is_gone_was_cancelled()
    {
        var trace = Read("""{"t":1,"type":2,"params":{"memory_total":4000,"memory_remaining":3000,"memory_iteration":1}}""" + "\n" + """{"t":2,"type":0,"params":{}}""");
        Assert.Equal(MigrationVerdict.Cancelled, trace.Decide()[^1].Verdict);
    }

    [Fact]
    public void The_recorder_that_lost_the_domain_is_a_note()
    {
        var trace = Read("""{"t":1,"type":2,"params":{"memory_total":4000,"memory_remaining":3000,"memory_iteration":1}}""" + "\nERR code=55 domain is not running");
        Assert.Empty(trace.Errors);
        Assert.Equal("the timeline ends before the source told how the migration ended: code=55 domain is not running", Assert.Single(trace.Notes));
    }

    private static MigrationTrace Read(string text) => TraceReader.Read("f", Encoding.UTF8.GetBytes(text));
}
