using NodeAgent.Config;
using NodeAgent.Doctor;
using NodeAgent.Tests.Unit.Doctor;

namespace NodeAgent.Tests.Unit.Faults;

/// <summary>Every reader of host files. To add one: a line here, and NODEAGENT_UPDATE_GOLDEN=1 once.</summary>
internal static class FaultyReaders
{
    public static readonly IReadOnlyList<FaultyReader> All =
    [
        new("host-facts", "hosts/debian-vm", static paths => new HostFacts(paths)),
        new("doctor", "hosts/microvm", Doctor),
        new("doctor-modules", "hosts/debian-vm", Doctor),
    ];

    // What each check says, by id.
    private static Dictionary<string, string> Doctor(HostPaths paths) =>
        new Examination(DoctorAreas.Of(PlayedSources.Of(paths)), TimeSpan.FromMinutes(1)).Run(new DoctorSettings(), static id => id is not ("cpu.virtualization" or "kvm.usable" or "host.bare-metal" or "memory.hugepages"))
            .Checks.ToDictionary(static c => c.Id, static c => $"{c.Status}: {c.Found}");
}
