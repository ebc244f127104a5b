using NodeAgent.Config;
using NodeAgent.Doctor;
using NodeAgent.Kvm.Reading;
using NodeAgent.Network.Health;
using NodeAgent.Storage.Model;
using NodeAgent.Tests.Unit.Doctor;

namespace NodeAgent.Tests.Unit.Faults;

/// <summary>Every reader of host files. To add one: a line here, and NODEAGENT_UPDATE_GOLDEN=1 once.</summary>
internal static class FaultyReaders
{
    public static readonly IReadOnlyList<FaultyReader> All =
    [
        new("host-facts", "hosts/debian-vm", static paths => new HostFacts(paths)),
        new("kvm", "kvm/qemu-amd", static paths => new KvmReader(paths, TimeProvider.System).Read().Facts),
        new("storage-fc", "storage/fc-two-hosts-documented", Storage, "Time"),
        new("storage-iscsi", "storage/iscsi-two-sessions", Storage, "Time"),
        new("storage-nvme", "storage/nvme-tcp-ana", Storage, "Time"),
        new("bonding", "hosts/debian-vm-bond", static paths => PortDetailReader.Read(paths.Proc, "bond0")),
        new("doctor", "hosts/microvm", Doctor),
        new("doctor-modules", "hosts/debian-vm", Doctor),
    ];

    private static StorageReading Storage(HostPaths paths) => PlayedSources.Of(paths).Storage();

    // What each check says, by id.
    private static Dictionary<string, string> Doctor(HostPaths paths) =>
        new Examination(DoctorAreas.Of(PlayedSources.Of(paths)), TimeSpan.FromMinutes(1)).Run(new DoctorSettings(), static id => id is not ("cpu.virtualization" or "kvm.usable" or "host.bare-metal" or "memory.hugepages"))
            .Checks.ToDictionary(static c => c.Id, static c => $"{c.Status}: {c.Found}");
}
