namespace NodeAgent.Kvm.Model;

/// <summary>Whether the firmware lets the processor's virtualization be used.</summary>
public enum FirmwareState
{
    /// <summary>Neither the processor's register nor the kernel's log could be read, or they say nothing of it.</summary>
    Unknown,

    /// <summary>On.</summary>
    Enabled,

    /// <summary>Off, and locked until the next start of the machine.</summary>
    Disabled,
}
