namespace NodeAgent.Storage.Model;

/// <summary>A multipath map as it was read; how it is to be judged is not its business.</summary>
public sealed record MultipathMap
{
    /// <summary>Name in /dev/mapper: "mpatha".</summary>
    public required string Name { get; init; }

    /// <summary>The volume's identity; device-mapper's UUID without "mpath-".</summary>
    public required string Wwid { get; init; }

    /// <summary>"dm-3"</summary>
    public required string Device { get; init; }

    public DeviceNumber Number { get; init; }

    public ulong SizeBytes { get; init; }

    /// <summary>Vendor and product: "NETAPP LUN C-Mode"; null where unknown.</summary>
    public string? Product { get; init; }

    /// <summary>I/O waits while no path is left.</summary>
    public bool QueuesIfNoPath { get; init; }

    /// <summary>No I/O goes through: suspended by whoever changes the table.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>In the order of the table.</summary>
    public IReadOnlyList<PathGroup> Groups { get; init; } = [];

    public IReadOnlyList<MapUser> Users { get; init; } = [];

    /// <summary>The root file system is on it.</summary>
    public bool IsRoot { get; init; }

    /// <summary>/boot or the EFI system partition is on it.</summary>
    public bool IsBoot { get; init; }

    /// <summary>Why it could not be read, or not in full; null where it was.</summary>
    public string? Error { get; init; }

    public IEnumerable<StoragePath> Paths
    {
        get
        {
            foreach (var group in Groups)
            {
                foreach (var path in group.Paths) yield return path;
            }
        }
    }
}
