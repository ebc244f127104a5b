namespace NodeAgent.Storage.Model;

/// <summary>The far end of an initiator's path.</summary>
/// <param name="Name">"rport-3:0-1"; the target's or subsystem's name for iSCSI and NVMe.</param>
public sealed record RemotePort(string Name)
{
    /// <summary>WWPN, portal or transport address: what people see on the array.</summary>
    public string? Address { get; init; }

    /// <summary>"Online", "Blocked", "Not Present"; of NVMe the ANA state: "optimized", "non-optimized", "inaccessible".</summary>
    public string? State { get; init; }

    /// <summary>FC roles: "FCP Target".</summary>
    public string? Roles { get; init; }

    /// <summary>Seconds until a lost port's devices are removed.</summary>
    public long? DevLossTimeout { get; init; }

    /// <summary>Seconds until I/O to a lost port fails, so that another path takes it; null: off or unknown.</summary>
    public long? FastIoFailTimeout { get; init; }
}
