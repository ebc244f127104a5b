using System.Buffers;
using System.Text;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp.Wire;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Qmp;

/// <summary>query-migrate as QEMU 7.2 and 10.0 answer it.</summary>
public sealed class MigrateReplyTests
{
    private const string Active =
        """{"expected-downtime": 300, "status": "active", "setup-time": 3, "total-time": 900, "cpu-throttle-percentage": 20, "xbzrle-cache": {"bytes": [1, {"status": "failed"}]}, "ram": {"total": 4000, "postcopy-requests": 5, "dirty-sync-count": 2, "multifd-bytes": 0, "pages-per-second": 776440, "page-size": 100, "remaining": 3000, "mbps": 8, "transferred": 900, "duplicate": 2, "dirty-pages-rate": 7, "skipped": 0, "normal-bytes": 800, "normal": 8}}""";

    private static readonly TimeSpan s_at = TimeSpan.FromSeconds(7);

    [Fact]
    public void Counters_in_base_units() => Assert.Equal(
        new MigrationSample(s_at)
        {
            Phase = MigrationPhase.Active,
            Elapsed = TimeSpan.FromMilliseconds(900),
            Setup = TimeSpan.FromMilliseconds(3),
            ExpectedDowntime = TimeSpan.FromMilliseconds(300),
            ThrottlePercent = 20,
            Compressed = true,
            TotalBytes = 4000,
            RemainingBytes = 3000,
            TransferredBytes = 900,
            NormalBytes = 800,
            ZeroBytes = 200,
            DirtyBytesPerSecond = 700,
            TransferBytesPerSecond = 1_000_000,
            Pass = 2,
            PostcopyRequests = 5,
            PageSize = 100,
        },
        Read(Active));

    [Theory]
    [InlineData("{}", MigrationPhase.None)]
    [InlineData("""{"blocked-reasons": ["a device"]}""", MigrationPhase.None)]
    [InlineData("""{"socket-address": [{"path": "/x", "type": "unix"}]}""", MigrationPhase.None)]
    [InlineData("""{"status": "setup"}""", MigrationPhase.Setup)]
    [InlineData("""{"status": "cancelled"}""", MigrationPhase.Cancelled)]
    [InlineData("""{"status": "completed"}""", MigrationPhase.Completed)]
    [InlineData("""{"status": "of-tomorrow"}""", null)]
    [InlineData("""{"status": "\u0061ctive"}""", MigrationPhase.Active)]
    public void Without_counters(string reply, MigrationPhase? phase) => Assert.Equal(new MigrationSample(s_at) { Phase = phase }, Read(reply));

    [Fact]
    public void A_failure_says_why() => Assert.Equal(
        new MigrationSample(s_at) { Phase = MigrationPhase.Failed, Error = "Unable to write to socket: Broken pipe" },
        Read("""{"status": "failed", "error-desc": "Unable to write to socket: Broken pipe"}"""));

    [Theory]
    [InlineData("""{"total-time": "long"}""", "total-time: expected a number of milliseconds, found \"long\"")]
    [InlineData("""{"ram": []}""", "ram: expected an object, found a list")]
    [InlineData("""{"ram": {"total": -1}}""", "ram.total: expected a number of bytes, found -1")]
    [InlineData("""{"ram": {"remaining": {"a": 1}, "total": 5}}""", "ram.remaining: expected a number of bytes, found an object")]
    [InlineData("""[]""", "expected an object, found a list")]
    [InlineData("""{"total-time": 1e300}""", "total-time: expected at most 10000000000000 milliseconds, found 1e300")]
    public void What_is_of_another_type_is_told(string reply, string problem)
    {
        var problems = new FirstProblem();
        MigrateReply.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(reply)), s_at, "", problems);
        Assert.Equal(problem, problems.Text);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var reply = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Active));
        var problems = new FirstProblem();
        Assert.Equal(0, Allocated.By(() =>
        {
            for (var i = 0; i < 1000; i++) MigrateReply.Read(reply, s_at, "", problems);
        }));
    }

    private static MigrationSample Read(string reply)
    {
        var problems = new FirstProblem();
        var sample = MigrateReply.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(reply)), s_at, "", problems);
        Assert.Null(problems.Text);
        return sample;
    }
}
