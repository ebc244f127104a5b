using System.Text;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Model;
using NodeAgent.Tests.Support.Libvirt;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Libvirt;

/// <summary>Against packets of a real libvirtd 9.0.</summary>
public sealed class WireTests
{
    private static readonly RemoteDomain s_domain = new("labvm"u8.ToArray(), RemoteDomain.Parse("11111111-2222-3333-4444-555555555555")!.Value, 3);

    [Fact]
    public void What_is_asked_is_what_a_real_client_asked()
    {
        Same("open", Requests.AuthList());
        Same("register", Requests.RegisterEvent(DomainEvent.Lifecycle));
        Same("lookup", Requests.LookupByUuid(s_domain.Uuid));
        Same("idle", Requests.JobStats(s_domain));
        Same("record", Requests.JobRecord(s_domain));
        Same("limit", Requests.DowntimeLimit(s_domain));
        Same("dirty-none", Requests.DirtyRate(s_domain));
        Same("dirty-refused", Requests.StartDirtyRate(s_domain, 1, DirtyRateMode.PageSampling));
        var open = RecordedPackets.All.Where(static p => !p.IsAnswer && p.Topic == "open").ElementAt(1);
        Assert.Equal(open.Payload, Requests.ConnectOpen("", readOnly: true)[PacketHeader.Size..]);

        static void Same(string topic, byte[] request)
        {
            var recorded = RecordedPackets.Question(topic).Bytes;
            request.AsSpan(PacketHeader.SerialOffset, 4).CopyTo(recorded.AsSpan(PacketHeader.SerialOffset));
            Assert.Equal(recorded, request);
        }
    }

    [Fact]
    public void A_domain_is_read()
    {
        var reader = new XdrReader(RecordedPackets.Answers("lookup").Single().Payload);
        var domain = RemoteDomain.Read(ref reader);
        Assert.Equal(("labvm", s_domain.Uuid, 3), (domain.Shown, domain.Uuid, domain.Id));
        Assert.Equal(0, reader.Left);
    }

    [Fact]
    public void An_error_is_read()
    {
        var reader = new XdrReader(RecordedPackets.Answers("lookup-unknown").Single().Payload);
        Assert.Equal(new RemoteError(RemoteError.NoDomain, "Domain not found: no domain with matching uuid '11111111-2222-3333-4444-555555555556'"), RemoteError.Read(ref reader));
    }

    [Fact]
    public void A_job_has_counters_in_base_units()
    {
        var jobs = RecordedPackets.Answers("job").Where(static p => p.Bytes[15] == 298 % 256 && p.Bytes[27] == 0).Select(static p => Job(p.Payload)).ToList();
        Assert.Equal((JobKind.Unbounded, 5L, true, true), (jobs[0].Kind, jobs[0].Operation, jobs[0].IsOutgoing, jobs[0].IsUnderWay));
        Assert.Equal((0L, 0L, 0L), (jobs[0].Sample.TotalBytes, jobs[0].Sample.RemainingBytes, jobs[0].Sample.Pass));
        var sample = jobs[1].Sample;
        Assert.Equal((201719808L, 1L, 4096L, TimeSpan.FromMilliseconds(300), null), (sample.TotalBytes, sample.Pass, sample.PageSize, sample.ExpectedDowntime, sample.Downtime));
        Assert.InRange(sample.RemainingBytes!.Value, 1, 201719808);
        Assert.InRange(sample.TransferBytesPerSecond ?? 16 << 20, 8 << 20, 64 << 20);
        Assert.Null(sample.Phase);
    }

    [Fact]
    public void A_record_has_the_downtime_that_was()
    {
        var record = Job(RecordedPackets.Answers("record").Single().Payload);
        Assert.Equal((JobKind.Completed, true), (record.Kind, record.IsOutgoing));
        Assert.Equal(0, record.Sample.RemainingBytes);
        Assert.Null(record.Sample.ExpectedDowntime);
        Assert.InRange(record.Sample.Downtime!.Value.TotalMilliseconds, 1, 1000);
    }

    [Fact]
    public void No_job_is_none()
    {
        var idle = Job(RecordedPackets.Answers("idle").Single().Payload);
        Assert.Equal((JobKind.None, false, false), (idle.Kind, idle.IsMigration, idle.IsUnderWay));
    }

    [Theory]
    [InlineData("dirty-none", 0L, null)]
    [InlineData("dirty-measuring", 1L, null)]
    [InlineData("dirty-measured", 2L, 12L << 20)]
    public void A_dirty_rate_is_read_with_its_state(string topic, long status, long? about)
    {
        var reader = new XdrReader(RecordedPackets.Answers(topic).Single().Payload);
        var rate = DirtyRateStatistics.Read(ref reader, s_domain.Uuid);
        Assert.Equal(status, rate.Status);
        Assert.Equal(about is null, rate.BytesPerSecond is null);
        if (about is { } expected) Assert.InRange(rate.BytesPerSecond!.Value, expected / 2, expected * 2);
    }

    [Theory]
    [InlineData(2, false)] // save
    [InlineData(4, true)] // migration in
    [InlineData(5, true)] // migration out
    [InlineData(6, false)] // snapshot
    [InlineData(8, false)] // dump
    [InlineData(9, false)] // backup
    public void Only_migrations_are_migrations(int operation, bool isMigration)
    {
        var job = Job(new Xdr().Int(2).Parameters(("operation", operation), ("memory_total", 5L)).ToArray());
        Assert.Equal(isMigration, job.IsMigration);
    }

    [Fact]
    public void Numbers_that_cannot_be_are_null()
    {
        var sample = Job(new Xdr().Int(2).Parameters(
            ("memory_total", -1L), ("memory_remaining", -5), ("time_elapsed", long.MaxValue), ("memory_dirty_rate", long.MaxValue), ("memory_constant", 1L << 41),
            ("memory_page_size", 0L), ("memory_processed", "many"), ("memory_iteration", 1.5), ("later_field", 3L)).ToArray()).Sample;
        Assert.Equal(new MigrationSample(sample.At) { PageSize = 4096 }, sample);
    }

    [Theory]
    [InlineData("auto_converge_throttle", 30)]
    [InlineData("auto_converge_throttle", 3000)]
    public void A_throttle_is_a_percentage(string name, int value)
    {
        var sample = Job(new Xdr().Int(2).Parameters((name, value)).ToArray()).Sample;
        Assert.Equal((Math.Min(value, 100), true), (sample.ThrottlePercent, sample.AutoConvergeEnabled));
    }

    [Fact]
    public void A_downtime_longer_than_the_migration_gives_way_to_the_one_of_a_single_clock()
    {
        var sample = Job(new Xdr().Int(3).Parameters(("time_elapsed", 5000L), ("downtime", 1_366_464L), ("downtime_net", 18L)).ToArray()).Sample;
        Assert.Equal(TimeSpan.FromMilliseconds(18), sample.Downtime);
    }

    [Theory]
    [InlineData("11111111-2222-3333-4444-555555555555", true)]
    [InlineData("11111111222233334444555555555555", true)]
    [InlineData("", false)]
    [InlineData("11111111-2222-3333-4444-55555555555g", false)]
    [InlineData("11111111-2222-3333-4444-5555555555555", false)]
    public void A_uuid_is_32_digits(string text, bool isOne) => Assert.Equal(isOne, RemoteDomain.Parse(text) is not null);

    [Fact]
    public void A_name_may_hold_anything()
    {
        var domain = s_domain with { Name = Encoding.UTF8.GetBytes("a b/ü\n,\0") };
        var packet = Requests.JobStats(domain);
        var reader = new XdrReader(packet.AsSpan(PacketHeader.Size));
        Assert.Equal("a b/ü\n,\0", RemoteDomain.Read(ref reader).Shown);
    }

    [Fact]
    public void Every_cut_of_every_packet_is_refused_with_a_sentence()
    {
        foreach (var packet in RecordedPackets.Answers("job").Concat(RecordedPackets.Answers("record")).Where(static p => p.Bytes[15] == 298 % 256 && p.Bytes[27] == 0))
        {
            for (var length = 0; length < packet.Payload.Length; length++)
                Assert.Contains("expected", Assert.Throws<LibvirtWireException>(() => Job(packet.Payload[..length])).Message);
        }
    }

    [Fact]
    public void Lengths_that_lie_are_refused_before_anything_is_taken()
    {
        Assert.Contains("claims 4294967295 elements", Assert.Throws<LibvirtWireException>(() => Job(new Xdr().Int(2).Int(-1).ToArray())).Message);
        Assert.Contains("claims 2147483647 bytes", Assert.Throws<LibvirtWireException>(() => Job(new Xdr().Int(2).Int(1).Int(int.MaxValue).Long(0).ToArray())).Message);
        Assert.Contains("type of a parameter", Assert.Throws<LibvirtWireException>(() => Job(new Xdr().Int(2).Int(1).String("x").Int(9).Int(0).ToArray())).Message);
        Assert.Contains("type of a job", Assert.Throws<LibvirtWireException>(() => Job(new Xdr().Int(77).Parameters().ToArray())).Message);
    }

    private static JobStatistics Job(byte[] payload)
    {
        var reader = new XdrReader(payload);
        return JobStatistics.Read(ref reader, TimeSpan.FromSeconds(1));
    }
}
