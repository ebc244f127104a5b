using NodeAgent.Files;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Sysfs;

/// <summary>NVMe controllers, the subsystem each belongs to, and the state of its paths: drivers/nvme/host/sysfs.c.</summary>
internal static class NvmeReader
{
    public static void Read(HostPaths paths, List<StorageInitiator> found)
    {
        foreach (var controller in HostFile.List($"{paths.Sys}/class/nvme", out _))
        {
            var errors = new List<string>();
            var attributes = new Attributes($"{paths.Sys}/class/nvme/{controller}", errors);
            found.Add(new StorageInitiator
            {
                Name = controller,
                Transport = Transport(attributes.Text("transport")),
                State = attributes.Text("state"),
                LocalName = attributes.Text("hostnqn"),
                Remotes = Remotes(controller, attributes, errors),
                Errors = errors,
            });
        }
    }

    /// <summary>One for each path of a namespace ("nvme0c1n1", with native multipath), with its ANA state; else one for the subsystem.</summary>
    private static List<RemotePort> Remotes(string controller, Attributes attributes, List<string> errors)
    {
        var subsystem = attributes.Text("subsysnqn") ?? controller;
        var remote = new RemotePort(subsystem)
        {
            Address = attributes.Text("address"),
            DevLossTimeout = attributes.Seconds("ctrl_loss_tmo"),
            FastIoFailTimeout = attributes.Seconds("fast_io_fail_tmo"),
        };
        var remotes = new List<RemotePort>();
        var names = HostFile.List(attributes.Folder, out var error);
        if (error is not null) errors.Add(error);
        foreach (var path in names)
        {
            if (!IsPath(path)) continue;
            remotes.Add(remote with { Name = $"{subsystem}/{path}", State = new Attributes($"{attributes.Folder}/{path}", errors).Text("ana_state") });
        }

        return remotes.Count > 0 ? remotes : [remote];
    }

    /// <summary>"nvme0c1n1": subsystem, controller, namespace</summary>
    private static bool IsPath(string name)
    {
        if (!name.StartsWith("nvme", StringComparison.Ordinal)) return false;
        var c = name.IndexOf('c');
        var n = name.LastIndexOf('n');
        return c > 4 && n > c + 1 && n < name.Length - 1 && name.AsSpan(n + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static StorageTransport Transport(string? word) => word switch
    {
        "pcie" => StorageTransport.NvmePcie,
        "tcp" => StorageTransport.NvmeTcp,
        "rdma" => StorageTransport.NvmeRdma,
        "fc" => StorageTransport.NvmeFibreChannel,
        _ => StorageTransport.Other,
    };
}
