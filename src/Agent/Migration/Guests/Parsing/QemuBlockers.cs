namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>What QEMU refuses to migrate, as far as the command line alone decides it; everything else its monitor knows (blocked-reasons). Pure.</summary>
internal static class QemuBlockers
{
    private const string WhileAttached = "it cannot be migrated while that is attached";

    /// <summary>A sentence without its subject, the guest; null where the device does not stand in the way.</summary>
    public static string? OfDevice(QemuOptions device) => device["driver"] switch
    {
        "vfio-pci" or "vfio-pci-nohotplug" => OfVfio(device),
        "vfio-ccw" or "vfio-ap" or "vfio-platform" => $"has a device of the host passed through ({device["driver"]}): {WhileAttached}",
        "nvme" => $"has an emulated NVMe controller, whose state QEMU cannot send (nvme): {WhileAttached}",
        "virtio-vga-gl" or "virtio-gpu-gl" or "virtio-gpu-gl-pci" or "virtio-gpu-gl-device" =>
            $"has a GPU whose commands the host's GPU carries out ({device["driver"]}): {WhileAttached}",
        "vhost-scsi" or "vhost-scsi-pci" or "vhost-scsi-ccw" when device.Flag("migratable") is not true =>
            "has a SCSI target of the host's kernel attached (vhost-scsi, without migratable=on): " + WhileAttached,
        _ => null,
    };

    /// <summary>Of -object: memory that only the CPU can read.</summary>
    public static string? OfObject(QemuOptions made) => made["qom-type"] switch
    {
        "sev-guest" or "sev-snp-guest" => "has its memory encrypted by the CPU (AMD SEV): it cannot be migrated",
        "tdx-guest" => "has its memory encrypted by the CPU (Intel TDX): it cannot be migrated",
        _ => null,
    };

    /// <summary>Of -cpu: an invariant TSC holds for one host's clock, unless its frequency is fixed.</summary>
    public static string? OfCpu(string cpu)
    {
        var options = QemuOptions.Parse(cpu, "model");
        var invariant = options.Flag("invtsc") ?? options["+invtsc"] is not null;
        if (!invariant || options["tsc-frequency"] is not null || options["tsc-freq"] is not null) return null;
        return "has an invariant TSC without a fixed frequency (-cpu …,invtsc=on without tsc-frequency): it cannot be migrated";
    }

    private static string? OfVfio(QemuOptions device)
    {
        // A driver that can be migrated and was told to, or a NIC that is taken away before the migration and given back after it.
        if (device.Flag("enable-migration") is true || device.Flag("x-enable-migration") is true || device["failover_pair_id"] is not null) return null;
        if (device["host"] is { Length: > 0 } address)
            return $"has the host's PCI device {(address.AsSpan().Count(':') == 1 ? "0000:" + address : address)} passed through (vfio-pci): {WhileAttached}";
        if (device["sysfsdev"] is { Length: > 0 } path)
            return $"has the host's mediated device {path[(path.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/')} passed through (vfio-pci): {WhileAttached}";
        return $"has a PCI device of the host passed through (vfio-pci): {WhileAttached}";
    }
}
