using NodeAgent.Config;
using NodeAgent.Doctor;
using NodeAgent.Kvm.Reading;
using NodeAgent.Migration.Guests;
using NodeAgent.Migration.Guests.Reading;
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
        new("guest", "guests/kubevirt", static paths => new GuestReader(paths, new ManualClock()).Read(GuestFolder.Process), "Fingerprint"),
        new("guest-peer", "guests/kubevirt", static paths => new Dictionary<string, string?> { ["Peer"] = PeerFinder.Find(paths, GuestFolder.Process) }),
        new("bonding", "hosts/debian-vm-bond", static paths => PortDetailReader.Read(paths.Proc, "bond0")),
        new("doctor", "hosts/microvm", Doctor),
        new("doctor-modules", "hosts/debian-vm", Doctor),
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

    // What each check says, by id.
    private static Dictionary<string, string> Doctor(HostPaths paths) =>
        new Examination(DoctorAreas.Of(PlayedSources.Of(paths)), TimeSpan.FromMinutes(1)).Run(new DoctorSettings(), static id => id is not ("cpu.virtualization" or "kvm.usable" or "host.bare-metal" or "memory.hugepages"))
            .Checks.ToDictionary(static c => c.Id, static c => $"{c.Status}: {c.Found}");
}
