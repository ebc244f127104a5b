using NodeAgent.Doctor.Facts;
using NodeAgent.Doctor.Judging;
using NodeAgent.Doctor.Reading;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Doctor;

/// <summary>All that the doctor looks at, in the order of its report.</summary>
internal static class DoctorAreas
{
    public static IReadOnlyList<IArea> Of(DoctorSources sources)
    {
        var paths = sources.Paths;
        return
        [
            new Area<CpuFacts>("the processors", () => CpuReader.Read(paths), CpuChecks.All),
            new Area<KvmReport>("KVM", sources.Kvm, KvmChecks.All),
            new Area<MemoryFacts>("the memory", () => MemoryReader.Read(paths), MemoryChecks.All),
            new Area<NicFacts>("the network interfaces", () => NicReader.Read(paths), NicChecks.All),
            new Area<NetworkFacts>("the bonds and bridges", () => NetworkReader.Read(paths, sources.Network()), NetworkChecks.All),
            new Area<StorageFacts>("the storage", () => new StorageFacts(sources.Storage(), MultipathConfigurationReader.Read(paths)), StorageChecks.All),
            new Area<Known<BootFacts>>("the root's disk", () => BootReader.Read(paths), BootChecks.All),
            new Area<KernelFacts>("the parts of the kernel", () => KernelReader.Read(paths), KernelChecks.All),
            new Area<CgroupFacts>("the cgroup tree", () => CgroupReader.Read(paths), CgroupChecks.All),
            new Area<SysctlFacts>("the kernel's settings", () => SysctlReader.Read(paths), SysctlChecks.All),
            new Area<GuestFacts>("the guests", () => GuestReader.Read(paths), GuestChecks.All),
            new Area<ClockFacts>("the clock", () => ClockReader.Read(paths, sources.Clock), ClockChecks.All),
            new Area<StateFacts>("the folder of the agent's state", () => StateReader.Read(paths, sources.FreeBytes), StateChecks.All),
        ];
    }
}
