namespace NodeAgent.Storage.Model;

/// <summary>What carries a path.</summary>
public enum StorageTransport
{
    Other,
    FibreChannel,
    Iscsi,
    Sas,
    NvmePcie,
    NvmeTcp,
    NvmeRdma,
    NvmeFibreChannel,
}
