namespace NodeAgent.Doctor.Facts;

/// <summary>How a disk is attached.</summary>
internal enum DiskKind
{
    /// <summary>In or at the machine: SATA, SAS, NVMe over PCIe, behind a RAID controller.</summary>
    Local,

    /// <summary>A disk that a hypervisor plays.</summary>
    Virtual,

    /// <summary>USB or a memory card.</summary>
    Removable,
    FibreChannel,
    Iscsi,

    /// <summary>NVMe over TCP, RDMA or Fibre Channel.</summary>
    NvmeFabric,

    /// <summary>rbd, nbd, drbd</summary>
    Network,
}
