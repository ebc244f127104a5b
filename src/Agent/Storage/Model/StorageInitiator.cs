namespace NodeAgent.Storage.Model;

/// <summary>An adapter or session that paths run over. Every attribute is optional.</summary>
public sealed record StorageInitiator
{
    /// <summary>"host3", "session1", "nvme0"</summary>
    public required string Name { get; init; }

    public required StorageTransport Transport { get; init; }

    /// <summary>The transport's own word: "Online", "Linkdown", "LOGGED_IN", "FAILED", "live", "connecting".</summary>
    public string? State { get; init; }

    /// <summary>As the kernel writes it: "16 Gbit".</summary>
    public string? Speed { get; init; }

    /// <summary>WWPN, IQN or NQN of this end.</summary>
    public string? LocalName { get; init; }

    /// <summary>FC fabric name.</summary>
    public string? Fabric { get; init; }

    /// <summary>FC remote ports, the iSCSI target and portal, the NVMe subsystem and address.</summary>
    public IReadOnlyList<RemotePort> Remotes { get; init; } = [];

    /// <summary>Error counters by their name in sysfs: "link_failure_count".</summary>
    public IReadOnlyDictionary<string, ulong> Counters { get; init; } = System.Collections.Frozen.FrozenDictionary<string, ulong>.Empty;

    /// <summary>What could not be read, a cause each.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}
