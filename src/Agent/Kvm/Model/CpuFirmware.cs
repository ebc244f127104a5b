namespace NodeAgent.Kvm.Model;

/// <summary>What is known of the firmware's lock, and from where.</summary>
/// <param name="State">On, off, or not known.</param>
/// <param name="Source">"IA32_FEATURE_CONTROL is 0x5", "the kernel's log: …", or why it is not known.</param>
public sealed record CpuFirmware(FirmwareState State, string Source)
{
    public static readonly CpuFirmware NotAsked = new(FirmwareState.Unknown, "not looked for");
}
