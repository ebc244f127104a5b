namespace NodeAgent.Kvm.Model;

/// <summary>/dev/kvm as it was found, and what it answered.</summary>
public sealed record KvmDevice
{
    public required KvmDeviceState State { get; init; }

    /// <summary>Where it was looked for: "/dev/kvm".</summary>
    public required string Path { get; init; }

    /// <summary>Number and name of its owner, "0 root"; null where there is no file.</summary>
    public string? Owner { get; init; }

    /// <summary>Number and name of its group, "104 kvm".</summary>
    public string? Group { get; init; }

    /// <summary>Permissions in octal: "0660".</summary>
    public string? Mode { get; init; }

    /// <summary>What went wrong, in one sentence; null where it is open.</summary>
    public string? Error { get; init; }

    /// <summary>KVM_GET_API_VERSION; null where it could not be asked.</summary>
    public int? ApiVersion { get; init; }

    /// <summary>KVM_CREATE_VM failed with this: "EBUSY (Device or resource busy)"; null where it worked or was not tried.</summary>
    public string? CreateError { get; init; }

    /// <summary>KVM_CREATE_VM failed because the hardware is held or missing (EBUSY, ENODEV).</summary>
    public bool CreateBusy { get; init; }

    /// <summary>By number of the capability; empty where they could not be asked.</summary>
    public IReadOnlyList<KvmExtension> Extensions { get; init; } = [];

    /// <summary>KVM_GET_TSC_KHZ of a virtual CPU: kHz of the time stamp counter guests get; null where it does not say.</summary>
    public int? TscKhz { get; init; }

    public required KvmProbe Probe { get; init; }
}
