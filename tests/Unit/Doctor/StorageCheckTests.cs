using NodeAgent.Doctor.Facts;
using NodeAgent.Doctor.Judging;
using NodeAgent.Doctor.Reading;
using NodeAgent.Storage.Model;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Doctor;

public sealed class StorageCheckTests
{
    private static readonly StorageSource s_absent = new(StorageSourceState.Absent, "this node has no multipath maps, and multipathd is not running");

    [Theory]
    [InlineData("", "fail: none", "absent: there is no port")]
    [InlineData("iscsi iscsi", "absent: none; volumes come over iSCSI (2 sessions)", "absent: there is no port")]
    [InlineData("nvme", "absent: none; volumes come over NVMe-oF (1 controller)", "absent: there is no port")]
    [InlineData("16", "fail: 1: host0", "ok: host0 Online, 16 Gbit")]
    [InlineData("16 32", "ok: 2: host0, host1", "ok: host0 Online, 16 Gbit, host1 Online, 32 Gbit")]
    [InlineData("16 8", "ok: 2: host0, host1", "fail: host0 Online, 16 Gbit, host1 Online, 8 Gbit")]
    [InlineData("16 down", "ok: 2: host0, host1", "fail: host0 Online, 16 Gbit, host1 Linkdown")]
    [InlineData("16 16 down", "ok: 3: host0, host1, host2", "ok: host0 Online, 16 Gbit, host1 Online, 16 Gbit, host2 Linkdown")]
    [InlineData("16 unread", "ok: 2: host0, host1", "unknown: host0 Online, 16 Gbit, host1 state unknown; /sys/x: EIO")]
    [InlineData("16 iscsi", "fail: 1: host0", "ok: host0 Online, 16 Gbit")]
    public void Fibre_channel(string adapters, string count, string speed)
    {
        var facts = Facts(s_absent, adapters);
        Assert.Equal(count, Judged.Text(StorageChecks.All, "fc.count", facts));
        Assert.Equal(speed, Judged.Text(StorageChecks.All, "fc.speed", facts));
    }

    [Theory]
    [InlineData(StorageSourceState.Multipathd, 2, "", "ok: answers; 2 maps")]
    [InlineData(StorageSourceState.Multipathd, 0, "", "ok: answers; 0 maps")]
    [InlineData(StorageSourceState.DeviceMapper, 1, "", "fail: 1 map, and reason")]
    [InlineData(StorageSourceState.Absent, 0, "16 16", "warn: does not run or answer, and there is Fibre Channel: reason")]
    [InlineData(StorageSourceState.DeviceMapper, 0, "iscsi", "warn: does not run or answer, and there is iSCSI: reason")]
    [InlineData(StorageSourceState.DeviceMapper, 0, "", "warn: there are no maps, and reason")]
    [InlineData(StorageSourceState.Absent, 0, "", "absent: this node has no multipath maps and no SAN")]
    [InlineData(StorageSourceState.Unsupported, 0, "", "absent: this node has no multipath maps and no SAN")]
    [InlineData(StorageSourceState.Failed, 0, "", "unknown: reason")]
    public void Multipathd(StorageSourceState state, int maps, string adapters, string text) =>
        Assert.Equal(text, Judged.Text(StorageChecks.All, "service.multipathd", Facts(new StorageSource(state, "reason"), adapters, [.. Enumerable.Range(0, maps).Select(static i => Map($"mpath{i}", true, true))])));

    [Fact]
    public void Maps_are_judged_as_they_stand()
    {
        Assert.Equal("absent: there is none", Text(StorageSourceState.Absent));
        Assert.Equal("unknown: EACCES", Text(StorageSourceState.Failed, "EACCES"));
        Assert.Equal("ok: 2 maps", Text(StorageSourceState.Multipathd, "", Map("a", true, true), Map("b", true, true)));
        Assert.StartsWith("fail: 1 of 2 maps: b ", Text(StorageSourceState.Multipathd, "", Map("a", true, true), Map("b", true, false)), StringComparison.Ordinal);
        Assert.StartsWith("warn: 1 of 1 map: a ", Text(StorageSourceState.Multipathd, "", Map("a", true, true, false)), StringComparison.Ordinal);

        static string Text(StorageSourceState state, string reason = "", params MultipathMap[] maps) => Judged.Text(StorageChecks.All, "storage.maps", Facts(new StorageSource(state, reason), "", maps));
    }

    [Theory]
    [InlineData("defaults {\n\tno_path_retry 12\n}", "ok: 1 setting")]
    [InlineData("defaults {\n  no_path_retry queue\n}", "warn: multipath.conf line 2: no_path_retry queue")]
    [InlineData("defaults {\n  no_path_retry \"queue\" # for ever\n}", "warn: multipath.conf line 2: no_path_retry queue")]
    [InlineData("# no_path_retry queue\n!features x\n", "ok: 0 settings")]
    [InlineData("devices {\n device {\n  features \"1 queue_if_no_path\"\n }\n}", "warn: multipath.conf line 3: features 1 queue_if_no_path")]
    [InlineData("blacklist {\n devnode \".*\"\n}", "warn: multipath.conf line 2: devnode .*, and no exceptions: every disk is left alone")]
    [InlineData("blacklist {\n devnode \".*\"\n}\nblacklist_exceptions {\n wwid 36\n}", "ok: 2 settings")]
    [InlineData("defaults { no_path_retry 12 }", "warn: multipath.conf line 1: what follows the brace on its line is ignored; multipath.conf: section defaults is not closed")]
    [InlineData("defaults {\n no_path_retry 12 polling_interval 5\n}", "warn: multipath.conf line 2: \"polling_interval\" after the first value is ignored")]
    [InlineData("}\n", "warn: multipath.conf line 1: a brace closes nothing")]
    public void Configuration(string file, string text)
    {
        using var tree = HostTree.Empty();
        tree.Write("etc/multipath.conf", file);
        Assert.Equal(text, Judged.Text(StorageChecks.All, "multipath.conf", Facts(s_absent, "") with { Configuration = MultipathConfigurationReader.Read(tree.Paths) }));
    }

    [Fact]
    public void Parts_of_the_configuration_count_and_none_at_all_is_absent_unless_multipathd_runs()
    {
        using var tree = HostTree.Empty();
        Assert.Equal("absent: there is none", Text(s_absent));
        Assert.Equal("ok: there is none: multipathd's own defaults hold", Text(new StorageSource(StorageSourceState.Multipathd, "")));
        tree.Write("etc/multipath/conf.d/san.conf", "overrides {\n no_path_retry queue\n}\n");
        tree.Write("etc/multipath/conf.d/note.txt", "no_path_retry queue\n");
        Assert.Equal("warn: conf.d/san.conf line 2: no_path_retry queue", Text(s_absent));

        string Text(StorageSource source) => Judged.Text(StorageChecks.All, "multipath.conf", Facts(source, "") with { Configuration = MultipathConfigurationReader.Read(tree.Paths) });
    }

    private static StorageFacts Facts(StorageSource source, string adapters, params MultipathMap[] maps) =>
        new(new StorageReading { Source = source, Maps = maps, Initiators = [.. adapters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Adapter)] }, default);

    private static StorageInitiator Adapter(string text, int number) => text switch
    {
        "iscsi" => new StorageInitiator { Name = $"session{number}", Transport = StorageTransport.Iscsi },
        "nvme" => new StorageInitiator { Name = $"nvme{number}", Transport = StorageTransport.NvmeTcp },
        "down" => new StorageInitiator { Name = $"host{number}", Transport = StorageTransport.FibreChannel, State = "Linkdown", Speed = "unknown" },
        "unread" => new StorageInitiator { Name = $"host{number}", Transport = StorageTransport.FibreChannel, Errors = ["/sys/x: EIO"] },
        _ => new StorageInitiator { Name = $"host{number}", Transport = StorageTransport.FibreChannel, State = "Online", Speed = text + " Gbit" },
    };

    private static MultipathMap Map(string name, params bool[] active) => new()
    {
        Name = name,
        Wwid = "36" + name,
        Device = "dm-0",
        Groups = [new PathGroup(1, "active", null, [.. active.Select(static (a, i) => new StoragePath { Device = $"sd{(char)('a' + i)}", DmActive = a, DeviceState = "running", CheckerState = a ? "ready" : "faulty", Initiator = $"host{i}" })])],
    };
}
