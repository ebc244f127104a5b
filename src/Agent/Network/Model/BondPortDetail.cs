namespace NodeAgent.Network.Model;

/// <summary>What rtnetlink does not tell of a bond's port: /proc/net/bonding (which only root may read), sysfs, and what was seen over time.</summary>
public sealed record BondPortDetail
{
    /// <summary>System address of the LACP partner, lower case with colons; all zero where none was heard; null where not known.</summary>
    public string? PartnerMac { get; init; }

    /// <summary>The partner's operational key: ports of one aggregator have the same.</summary>
    public int? PartnerKey { get; init; }

    /// <summary>The partner's port number.</summary>
    public int? PartnerPort { get; init; }

    public ChurnState ActorChurn { get; init; }

    public ChurnState PartnerChurn { get; init; }

    /// <summary>How often the actor churned since the port joined; null where not known.</summary>
    public int? ActorChurns { get; init; }

    /// <summary>How often the partner churned since the port joined; null where not known.</summary>
    public int? PartnerChurns { get; init; }

    /// <summary>Megabits per second; null where the driver does not say.</summary>
    public long? Speed { get; init; }

    /// <summary>"full" or "half"; null where the driver does not say.</summary>
    public string? Duplex { get; init; }

    /// <summary>Failures of its link within the last ten minutes, as far as the agent watched; null where it did not.</summary>
    public int? RecentFailures { get; init; }
}
