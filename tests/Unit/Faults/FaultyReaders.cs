using NodeAgent.Config;
using NodeAgent.Doctor;
using NodeAgent.Doctor.Reading;
using NodeAgent.Kvm.Reading;
using NodeAgent.Metrics.Process;
using NodeAgent.Migration.Guests;
using NodeAgent.Network.Health;
using NodeAgent.Storage.Reading;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Doctor;
using NodeAgent.Tests.Unit.Migration.Guests;

namespace NodeAgent.Tests.Unit.Faults;

/// <summary>Every reader of host files. To add one: a line here, and NODEAGENT_UPDATE_GOLDEN=1 once.</summary>
internal static class FaultyReaders
{
    public static readonly IReadOnlyList<FaultyReader> All =
    [
        new("host-facts", "hosts/debian-vm", static paths => new HostFacts(paths)),
        new("kvm", "kvm/qemu-amd", static paths => new KvmReader(paths, TimeProvider.System).Read().Facts),
        new("storage-fc", "storage/fc-two-hosts-documented", Storage("fc-two-hosts-documented"), "Time"),
        new("storage-iscsi", "storage/iscsi-two-sessions", Storage("iscsi-two-sessions"), "Time"),
        new("storage-users", "storage/users", Storage("users"), "Time"),
        new("storage-nvme", "storage/nvme-tcp-ana", Storage("nvme-tcp-ana"), "Time"),
        new("guest", "guests/kubevirt", static paths => new NodeAgent.Migration.Guests.Reading.GuestReader(paths, new ManualClock()).Read(GuestFolder.Process), "Fingerprint"),
        new("guest-peer", "guests/kubevirt", static paths => new Dictionary<string, string?> { ["Peer"] = PeerFinder.Find(paths, GuestFolder.Process) }),
        new("bonding", "hosts/debian-vm-bond", static paths => PortDetailReader.Read(paths.Proc, "bond0")),
        new("doctor", "hosts/microvm", Doctor),
        new("doctor-modules", "hosts/debian-vm", Doctor),
        new("multipath-conf", "hosts/debian-vm", static paths => MultipathConfigurationReader.Read(paths))
        {
            Prepare = static tree =>
            {
                tree.Write("etc/multipath.conf", "defaults {\n\tno_path_retry queue\n}\n");
                tree.Write("etc/multipath/conf.d/site.conf", "blacklist {\n\tdevnode \"^sda\"\n}\n");
            },
        },
        new("processes", "hosts/debian-vm", static paths => new Dictionary<string, string> { ["Names"] = string.Join(", ", ProcessNames.Find(paths, static _ => true).Order()) })
        {
            Prepare = static tree =>
            {
                tree.Write("proc/812/comm", "chronyd\n");
                tree.Write("proc/813/comm", "qemu-system-x86\n");
            },
        },
        new("nvme-root", "storage/nvme-tcp-ana", static paths => BootReader.Read(paths))
        {
            Prepare = static tree => tree.Write("proc/1/mountinfo", "25 1 259:1 / / rw,relatime - ext4 /dev/nvme0n1 rw\n"),
        },
        new("accounts", "hosts/debian-vm", static paths =>
        {
            var files = new UnreadFiles();
            var accounts = new Accounts(paths, files);
            return new Dictionary<string, string> { ["User"] = accounts.User(0), ["Group"] = accounts.Group(104), ["Unread"] = string.Join("; ", files.Errors) };
        })
        {
            Prepare = static tree =>
            {
                tree.Write("etc/passwd", "root:x:0:0:root:/root:/bin/bash\n");
                tree.Write("etc/group", "root:x:0:\nkvm:x:104:qemu\n");
            },
        },
        new("firmware", "kvm/qemu-amd", static paths => FirmwareReader.Read(paths, "AuthenticAMD")) { Prepare = static tree => tree.Write("dev/cpu/0/msr", "") },
        new("own-process", "hosts/debian-vm", static paths => new Dictionary<string, string>
        {
            ["Sample"] = OwnProcess(paths),
            ["BootTime"] = $"{ProcFiles.BootTime(paths.Proc)}",
            ["MaxDescriptors"] = $"{ProcFiles.MaxDescriptors(Path.Combine(paths.Proc, "self"))}",
            ["NetAdmin"] = $"{NodeAgent.Network.Kernel.Capabilities.HasNetAdmin(paths.Proc)}",
        })
        {
            Prepare = static tree =>
            {
                foreach (var name in new[] { "stat", "self/stat", "self/limits" }) tree.Write("proc/" + name, File.ReadAllText("/proc/" + name));
                tree.Write("proc/self/status", "Name:\tnodeagent\nCapEff:\t0000000000000000\n");
                tree.Write("proc/self/fd/0", "");
            },
        },
    ];

    // The tree's files with what device-mapper said when the tree was recorded; nobody listens at multipathd's socket.
    private static Func<HostPaths, object> Storage(string state)
    {
        var recorded = new Lazy<StorageFixture>(() =>
        {
            var fixture = StorageFixture.Open(state);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => fixture.Dispose();
            return fixture;
        });
        return paths => new StorageReader(paths, new ManualClock(), () => new FixtureDeviceMapper(recorded.Value)).ReadOnce(TimeSpan.FromMinutes(1));
    }

    // What the collector's thread makes of it: a failure with its reason.
    private static string OwnProcess(HostPaths paths)
    {
        try
        {
            return $"{ProcFiles.ReadSelf(Path.Combine(paths.Proc, "self"))}";
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return e.Message;
        }
    }

    // What each check says, by id.
    private static Dictionary<string, string> Doctor(HostPaths paths) =>
        new Examination(DoctorAreas.Of(PlayedSources.Of(paths)), TimeSpan.FromMinutes(1)).Run(new DoctorSettings(), static id => id is not ("cpu.virtualization" or "kvm.usable" or "host.bare-metal" or "memory.hugepages"))
            .Checks.ToDictionary(static c => c.Id, static c => $"{c.Status}: {c.Found}");
}
