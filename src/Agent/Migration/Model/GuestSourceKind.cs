namespace NodeAgent.Migration.Model;

/// <summary>How the agent reads a guest.</summary>
public enum GuestSourceKind
{
    /// <summary>/proc alone: that it is there, and what it was started with.</summary>
    Proc,

    /// <summary>libvirt's read-only RPC.</summary>
    Libvirt,

    /// <summary>QEMU's own monitor.</summary>
    Qmp,
}
