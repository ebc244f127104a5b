using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>The words for what carries a path, in the API, JSON and metrics.</summary>
public static class TransportWords
{
    /// <summary>"fc", "iscsi", "nvme-tcp"</summary>
    public static string Of(StorageTransport transport) => transport switch
    {
        StorageTransport.FibreChannel => "fc",
        StorageTransport.Iscsi => "iscsi",
        StorageTransport.Sas => "sas",
        StorageTransport.NvmePcie => "nvme-pcie",
        StorageTransport.NvmeTcp => "nvme-tcp",
        StorageTransport.NvmeRdma => "nvme-rdma",
        StorageTransport.NvmeFibreChannel => "nvme-fc",
        _ => "other",
    };
}
