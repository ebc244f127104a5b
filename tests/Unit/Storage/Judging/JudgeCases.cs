using NodeAgent.Storage.Judging;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage.Judging;

/// <summary>The table of verdicts: what a map looks like, and what is said of it.</summary>
internal static class JudgeCases
{
    private static readonly DateTimeOffset s_now = MapJudgeTests.Now;

    private static readonly JudgeCase[] s_all =
    [
        new("two of two", "sda A ready running host2 | sdb A ready running host3",
            "healthy Ok: has 2 of 2 paths over host2 and host3"),
        new("without multipathd there is no checker", "sda A - running host2 | sdb A - running host3",
            "healthy Ok: has 2 of 2 paths over host2 and host3"),
        new("device-mapper alone is enough", "sda A | sdb A",
            "healthy Ok: has 2 of 2 paths"),
        new("a standby path is one to count on", "sda A ready running host2 || sdb A ghost running host3",
            "healthy Ok: has 2 of 2 paths over host2 and host3"),
        new("a host with one adapter ever is not blamed", "sda A ready running host2 p1 | sdb A ready running host2 p2",
            "healthy Ok: has 2 of 2 paths, all over host2") { Best = new(2, 1, 2, 0) },
        new("a fabric is not blamed where it is the only one ever", "sda A ready running host2 p1 f1 | sdb A ready running host3 p2 f1",
            "healthy Ok: has 2 of 2 paths over host2 and host3") { Best = new(2, 2, 2, 1) },

        new("SCSI says running, device-mapper decides", "sda A ready running host2 | sdb F ready running host3 | sdc A ready running host3",
            "degraded Warning: has 2 of 3 paths: device-mapper failed sdb although SCSI says running and the checker says ready; check the array and the kernel's log for sdb"),
        new("the checker agrees with device-mapper, SCSI does not", "sda A ready running host2 | sdb F faulty running host3 | sdc A ready running host3",
            "degraded Warning: has 2 of 3 paths: device-mapper failed sdb although SCSI says running, the checker says faulty; check the array and the kernel's log for sdb"),
        new("device-mapper's word without any other", "sda A - - host2 | sdb F - - host3 | sdc A - - host3",
            "degraded Warning: has 2 of 3 paths: device-mapper failed sdb; check the array and the kernel's log for sdb"),
        new("multipathd has one that the table has not", "sda A ready running host2 | sdb A ready running host3 | sdc - faulty running host3",
            "degraded Warning: has 2 of 3 paths: multipathd knows sdc but device-mapper does not use it; see why in multipathd's log: journalctl -u multipathd"),
        new("taken off by SCSI", "sda A ready running host2 | sdb A ready running host3 | sdc F faulty offline host3",
            "degraded Warning: has 2 of 3 paths: sdc is offline for SCSI; see the kernel's log for sdc, then write running to /sys/block/sdc/device/state"),
        new("fewer than it ever had, and none to show for it", "sda A ready running host2 | sdb A ready running host3",
            "degraded Warning: has 2 of 4 paths: 2 paths it had are gone; check zoning, sessions and LUN mapping, then rescan the adapters; if this is meant: nodeagent storage accept mpatha") { Best = new(4, 2, 0, 0) },
        new("one gone, one failed", "sda A ready running host2 | sdb A ready running host3 | sdc F faulty transport-offline host3 p2",
            "degraded Warning: has 2 of 4 paths: sdc is transport-offline for SCSI, a path it had is gone; check target port p2 of the array and its zoning") { Best = new(4, 2, 2, 0) },
        new("a target port is down, seen over two adapters", "sda A ready running host2 p1 | sdb A ready running host3 p1 | sdc A ready running host2 p3 | sdd F faulty running host2 p2 | sde F faulty running host3 p2",
            "degraded Warning: has 3 of 5 paths: device-mapper failed sdd and sde although SCSI says running, the checker says faulty; check target port p2 of the array and its zoning"),
        new("I/O with no answer yet", "sda A ready running host2 | sdb A ready running host3 | sdc F i/o_timeout blocked host3",
            "degraded Warning: has 2 of 3 paths: sdc is blocked for SCSI; check the array and the kernel's log for sdc"),

        new("one of two", "sda A ready running host2 | sdb F faulty running host3",
            "no redundancy Critical: has 1 of 2 paths left (sda over host2): device-mapper failed sdb although SCSI says running, the checker says faulty; check host3 and what it is connected to"),
        new("one of four by count, three gone", "sda A ready running host2",
            "no redundancy Critical: has 1 of 4 paths left (sda over host2): 3 paths it had are gone; check zoning, sessions and LUN mapping, then rescan the adapters") { Best = new(4, 2, 2, 0) },
        new("one, and never more", "sda A ready running host2",
            "no redundancy Warning: has a single path (sda over host2) and stops with it; give it a second one over another adapter"),
        new("the fibre of one adapter is out", "sda A ready running host2 p1 | sdb A ready running host2 p2 | sdc F faulty transport-offline fc3 p1 | sdd F faulty transport-offline fc3 p2",
            "no redundancy Critical: has 2 of 4 paths left, all over host2: sdc and sdd are transport-offline for SCSI; check fc3 (Linkdown): its cable, optics, switch port and zoning"),
        new("an adapter was taken out, paths and all", "sda A ready running host2 p1 | sdb A ready running host2 p2",
            "no redundancy Critical: has 2 of 2 paths, all over host2; check that the adapters it had before are there: lspci, lsscsi -H; if this is meant: nodeagent storage accept mpatha") { Best = new(2, 2, 2, 0) },
        new("a session was logged out by the network", "sda A ready running session1 p1 | sdb F faulty transport-offline session2 p2",
            "no redundancy Critical: has 1 of 2 paths left (sda over session1): sdb is transport-offline for SCSI; check session2 (FAILED): the network to 10.0.0.5:3260, and the target"),
        new("all to one port of the array", "sda A ready running host2 p1 | sdb A ready running host3 p1 | sdc F faulty running host2 p2 | sdd F faulty running host3 p2",
            "no redundancy Critical: has 2 of 4 paths left, all to target port p1: device-mapper failed sdc and sdd although SCSI says running, the checker says faulty; check target port p2 of the array and its zoning"),
        new("all through one fabric", "sda A ready running host2 p1 f1 | sdb A ready running host4 p2 f1 | sdc F faulty transport-offline host3 p3 f2 | sdd F faulty transport-offline host5 p4 f2",
            "no redundancy Critical: has 2 of 4 paths left, all through fabric f1: sdc and sdd are transport-offline for SCSI; check the switches of fabric f2"),
        new("one adapter and one port left of two", "sda A ready running host2 p1 | sdb A ready running host2 p1 | sdc F - running host3 p2 | sdd F - running host3 p2",
            "no redundancy Critical: has 2 of 4 paths left, all over host2 and to target port p1: device-mapper failed sdc and sdd although SCSI says running; check host3 and what it is connected to"),
        new("what is unknown of a path is not held against it", "sda A ready running host2 | sdb A ready running - | sdc F faulty running host3",
            "degraded Warning: has 2 of 3 paths: device-mapper failed sdc although SCSI says running, the checker says faulty; check host3 and what it is connected to"),
        new("an NVMe controller is lost", "nvme0c0n1 A ready live nvme0 10.0.0.5 | nvme0c1n1 F faulty connecting nvme1 10.0.1.5",
            "no redundancy Critical: has 1 of 2 paths left (nvme0c0n1 over nvme0): nvme0c1n1 is connecting for NVMe; check nvme1 (connecting): the network to 10.0.1.5:4420, and the target"),

        new("none left, I/O fails", "sda F faulty offline host2 | sdb F faulty transport-offline host3",
            "failed Critical: has no usable path of 2 and its I/O fails: sda is offline for SCSI, sdb is transport-offline for SCSI; check the array, its LUN mapping, and the network or fabric to it"),
        new("a table without paths", "",
            "failed Critical: has no usable path of 2 and its I/O fails: 2 paths it had are gone; check zoning, sessions and LUN mapping, then rescan the adapters") { Best = new(2, 2, 0, 0) },
        new("a table that never had a path", "",
            "failed Critical: has no usable path and its I/O fails"),
        new("none left, I/O waits", "sda F faulty running host2 | sdb F faulty running host3",
            "queueing Critical: has no usable path of 2 and its I/O waits since 2026-11-20 12:00:00Z: device-mapper failed sda and sdb although SCSI says running, the checker says faulty; check the array, its LUN mapping, and the network or fabric to it, or let its I/O fail with multipathd disablequeueing map mpatha")
            { Map = static m => m with { QueuesIfNoPath = true } },
        new("it has waited for a while", "sda F - offline host2 | sdb F - offline host3",
            "queueing Critical: has no usable path of 2 and its I/O waits since 2026-11-20 11:55:00Z: sda and sdb are offline for SCSI; see the kernel's log for sda, then write running to /sys/block/sda/device/state, or let its I/O fail with multipathd disablequeueing map mpatha")
            { Map = static m => m with { QueuesIfNoPath = true }, History = static h => h with { State = MapState.Queueing, QueueingSince = s_now.AddMinutes(-5) } },
        new("only multipathd knows paths", "sda - ready running host2 | sdb - ready running host3",
            "failed Critical: has no usable path of 2 and its I/O fails: multipathd knows sda and sdb but device-mapper does not use them; see why in multipathd's log: journalctl -u multipathd"),

        new("the root file system", "sda A ready running host2 | sdb F faulty offline host3",
            "no redundancy Critical: carries the root file system and has 1 of 2 paths left (sda over host2): sdb is offline for SCSI; see the kernel's log for sdb, then write running to /sys/block/sdb/device/state")
            { Map = static m => m with { IsRoot = true } },
        new("root and boot, all well", "sda A ready running host2 | sdb A ready running host3",
            "healthy Ok: carries the root file system and /boot, and has 2 of 2 paths over host2 and host3") { Map = static m => m with { IsRoot = true, IsBoot = true } },
        new("boot alone", "sda A ready running host2",
            "no redundancy Warning: carries /boot and has a single path (sda over host2) and stops with it; give it a second one over another adapter") { Map = static m => m with { IsBoot = true } },

        new("device-mapper has not noticed yet", "sda A ready running host2 | sdb A faulty offline host3",
            "healthy Warning: has 2 of 2 paths over host2 and host3: sdb is offline for SCSI although device-mapper has it as active; see the kernel's log for sdb, then write running to /sys/block/sdb/device/state"),
        new("the checker is ahead of device-mapper", "sda A ready running host2 | sdb A faulty running host3",
            "healthy Warning: has 2 of 2 paths over host2 and host3: sdb is faulty for the checker although device-mapper has it as active; check host3 and what it is connected to"),
        new("a path that is looked at", "sda A ready running host2 | sdb A i/o_pending running host3",
            "healthy Ok: has 2 of 2 paths over host2 and host3"),

        new("flapping, all there at the moment", "sda A ready running host2 | sdb A ready running host3",
            "healthy Warning: has 2 of 2 paths over host2 and host3; flapping (6 changes or more within 10m): check cables, optics and the switch") { History = static h => h with { State = MapState.Healthy, Usable = 2, Turns = [.. Enumerable.Range(1, 6).Select(static i => s_now.AddMinutes(-i)).Reverse()] } },

        new("suspended when first seen", "sda A ready running host2 | sdb A ready running host3",
            "unknown Unknown: is suspended since 2026-11-20 12:00:00Z and passes no I/O; see who changes its table (ps, dmsetup info mpatha), dmsetup resume mpatha lets I/O go on") { Map = static m => m with { IsSuspended = true } },
        new("suspended for a moment", "sda A ready running host2 | sdb A ready running host3",
            "healthy Ok: has 2 of 2 paths over host2 and host3") { Map = static m => m with { IsSuspended = true }, History = static h => h with { State = MapState.Healthy, Usable = 2, SuspendedSince = s_now.AddSeconds(-9) } },
        new("suspended for too long", "sda A ready running host2 | sdb A ready running host3",
            "unknown Unknown: is suspended since 2026-11-20 11:59:50Z and passes no I/O; see who changes its table (ps, dmsetup info mpatha), dmsetup resume mpatha lets I/O go on") { Map = static m => m with { IsSuspended = true }, History = static h => h with { State = MapState.Healthy, Usable = 2, SuspendedSince = s_now.AddSeconds(-10) } },
        new("nothing of it could be read", "",
            "unknown Unknown: cannot be judged: dm status: EIO (Input/output error)") { Map = static m => m with { Error = "dm status: EIO (Input/output error)" } },
        new("not all of it could be read", "sda A - running host2 | sdb A - running host3",
            "unknown Unknown: has 2 of 2 paths over host2 and host3; not all of it could be read: /proc/self/mountinfo: EACCES (Permission denied)") { Map = static m => m with { Error = "/proc/self/mountinfo: EACCES (Permission denied)" } },
    ];

    public static TheoryData<string> Names => [.. s_all.Select(static c => c.Name)];

    public static JudgeCase Find(string name) => s_all.Single(c => c.Name == name);
}
