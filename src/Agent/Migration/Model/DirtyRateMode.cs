namespace NodeAgent.Migration.Model;

/// <summary>How QEMU measures a dirty rate (calc-dirty-rate).</summary>
public enum DirtyRateMode
{
    PageSampling,

    /// <summary>KVM's dirty bitmap; not where the guest has a dirty ring.</summary>
    DirtyBitmap,

    /// <summary>KVM's dirty ring; only where the guest has one.</summary>
    DirtyRing,
}
