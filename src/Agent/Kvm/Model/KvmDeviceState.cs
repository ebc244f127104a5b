namespace NodeAgent.Kvm.Model;

/// <summary>What there is of /dev/kvm.</summary>
public enum KvmDeviceState
{
    /// <summary>It could be opened and is KVM.</summary>
    Open,

    /// <summary>There is no such file.</summary>
    Absent,

    /// <summary>There is something else in its place.</summary>
    Wrong,

    /// <summary>Opening it was refused: EACCES, EPERM.</summary>
    NotPermitted,

    /// <summary>The file is there and no driver behind it: ENODEV, ENXIO.</summary>
    NoDriver,

    /// <summary>Another program holds the hardware: EBUSY.</summary>
    Busy,

    /// <summary>Opening it, or the first questions, failed otherwise.</summary>
    Failed,

    /// <summary>The driver does not come back.</summary>
    Stuck,
}
