using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Config;
using NodeAgent.Storage.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage;

/// <summary>The verdicts on the recorded states of a node, one after the other as they came, by the real readers.</summary>
public sealed class RecordedVerdictTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly VerdictBoard _board;
    private readonly MapMemory _memory = new("/nowhere", NullLogger.Instance, writes: false);
    private readonly StorageStore _store;

    public RecordedVerdictTests()
    {
        _board = new VerdictBoard(_clock);
        _store = new StorageStore(1, _board, _memory, new StorageSettings(), _clock);
    }

    [Fact]
    public void A_volume_of_two_hosts_loses_paths_and_gets_them_back()
    {
        (string State, string Verdict)[] story =
        [
            ("healthy-2-paths", "healthy: mpatha has 2 of 2 paths over host0 and host1"),
            ("one-path-failed", "no redundancy: mpatha has 1 of 2 paths left (sdb over host1): sda is offline for SCSI; see the kernel's log for sda, then write running to /sys/block/sda/device/state"),
            ("reinstated", "healthy: mpatha has 2 of 2 paths over host0 and host1"),
            ("path-deleted", "no redundancy: mpatha has 1 of 2 paths left (sda over host0): a path it had is gone; check zoning, sessions and LUN mapping, then rescan the adapters"),
            ("4-paths", "healthy: mpatha has 4 of 4 paths over host0, host3, host1 and host2"),
            ("all-paths-failed-queueing", "queueing: mpatha has no usable path of 4 and its I/O waits since 2026-11-20 17:00:00Z: sda, sdd, sdb and sdc are offline for SCSI; see the kernel's log for sda, then write running to /sys/block/sda/device/state, or let its I/O fail with multipathd disablequeueing map mpatha"),
            ("multipathd-stopped", "degraded: mpatha has 3 of 4 paths: device-mapper failed sda although SCSI says running; check host0 and what it is connected to"),
            ("multipathd-absent", "degraded: mpatha has 3 of 4 paths: device-mapper failed sda although SCSI says running; check host0 and what it is connected to"),
        ];
        foreach (var (state, verdict) in story)
        {
            Assert.Equal((state, verdict), (state, Verdict(state)));
            _clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void A_session_that_failed_is_named()
    {
        Verdict("iscsi-two-sessions");
        Assert.Equal(
            "no redundancy: mpatha has 1 of 2 paths left (sda over session1): sdb is transport-offline for SCSI; check session2 (FREE): the network to 10.0.2.1:3260, and the target",
            Verdict("iscsi-session-failed"));
    }

    [Fact]
    public void A_fabric_that_is_lost_is_named_by_its_adapter_shaped_as_documented()
    {
        Assert.StartsWith("healthy: ", Verdict("fc-two-hosts-documented"), StringComparison.Ordinal);
        Assert.EndsWith(
            " has 2 of 4 paths left, all over host3: sdd and sde are transport-offline for SCSI; check host4 (Linkdown): its cable, optics, switch port and zoning",
            Verdict("fc-rport-lost-documented"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fc-one-fabric-documented")]
    [InlineData("fc-one-target-port-documented")]
    public void What_was_never_better_is_not_blamed_shaped_as_documented(string state) => Assert.StartsWith("healthy: ", Verdict(state), StringComparison.Ordinal);

    [Theory]
    [InlineData("fc-one-fabric-documented", ", all through fabric 0x")]
    [InlineData("fc-one-target-port-documented", ", all to target port 0x")]
    public void What_was_better_is_missed_shaped_as_documented(string state, string shared)
    {
        Verdict("fc-two-hosts-documented");
        var verdict = Verdict(state);
        Assert.StartsWith("no redundancy: ", verdict, StringComparison.Ordinal);
        Assert.Contains(shared, verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Root_and_boot_are_said()
    {
        _store.Publish(StorageReaderTests.Read("users"), null);
        Assert.StartsWith("mpatha carries the root file system and /boot, and has ", _board.Find(VerdictKind.Storage, "mpatha")!.Verdict.Sentence, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _store.Dispose();
        _memory.Dispose();
    }

    private string Verdict(string state)
    {
        _store.Publish(StorageReaderTests.Read(state), null);
        var verdict = Assert.Single(_board.Of(VerdictKind.Storage));
        return $"{verdict.State}: {verdict.Sentence}";
    }
}
