using System.Runtime.InteropServices;
using NodeAgent.Kvm.Judging;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>
/// Reads everything that decides whether and how guests run here, tries KVM out, and judges it. Needs no root: what cannot be read is
/// said in <see cref="KvmFacts.Unread"/>. For one caller at a time; the probe leaves nothing behind.
/// </summary>
public sealed class KvmReader
{
    /// <summary>The guest takes well below a millisecond; a node whose processors are all taken lets it wait.</summary>
    private static readonly TimeSpan s_guestLimit = TimeSpan.FromSeconds(5);

    private readonly HostPaths _paths;
    private readonly TimeProvider _clock;
    private readonly IDeviceReader _device;
    private readonly string _architecture;

    public KvmReader(HostPaths paths, TimeProvider clock)
        : this(paths, clock, new DeviceReader(paths, clock, s_guestLimit), RuntimeInformation.OSArchitecture)
    {
    }

    internal KvmReader(HostPaths paths, TimeProvider clock, IDeviceReader device, Architecture architecture)
    {
        (_paths, _clock, _device) = (paths, clock, device);
        _architecture = architecture switch
        {
            Architecture.X64 => "x86_64",
            Architecture.Arm64 => "aarch64",
            _ => architecture.ToString().ToLowerInvariant(),
        };
    }

    /// <summary>Takes some milliseconds; 7 s at most where the driver hangs, if nothing else does.</summary>
    public KvmReport Read()
    {
        var files = new UnreadFiles();
        var device = _device.Read(files);
        var cpu = CpuReader.Read(_paths, _architecture, device.TscKhz, files);
        var modules = ModuleReader.Read(_paths, files);
        var facts = new KvmFacts
        {
            Cpu = cpu with { Firmware = Firmware(device, cpu) },
            Modules = modules,
            Device = device,
            Nested = NestedReader.Of(modules),
            Hugepages = HugepageReader.Read(_paths, files),
            NumaNodes = NumaReader.Read(_paths, files),
            Iommu = IommuReader.Read(_paths, files),
            Mitigations = MitigationReader.Read(_paths, files),
            Ksm = KsmReader.Read(_paths, files),
            Host = HostMachineReader.Read(_paths, cpu, files),
            Unread = files.Errors,
        };
        return KvmJudgement.Of(facts, _clock.GetUtcNow());
    }

    private CpuFirmware Firmware(KvmDevice device, KvmCpu cpu)
    {
        if (_architecture != "x86_64") return new CpuFirmware(FirmwareState.Unknown, $"{_architecture} has no such lock");
        // The driver refuses to load where the firmware keeps it off.
        if (device is { State: KvmDeviceState.Open, CreateError: null } && cpu.Virtualization is CpuVirtualization.Vmx or CpuVirtualization.Svm)
            return new CpuFirmware(FirmwareState.Enabled, "KVM works");
        return FirmwareReader.Read(_paths, cpu.Vendor);
    }
}
