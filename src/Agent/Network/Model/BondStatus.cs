namespace NodeAgent.Network.Model;

/// <summary>What a bond is doing, as against what it is told to do (its fields). Null where the kernel does not tell.</summary>
public sealed record BondStatus
{
    /// <summary>The port in use, of modes with one.</summary>
    public string? ActivePort { get; init; }

    /// <summary>802.3ad: the active aggregator; only ports of it carry traffic.</summary>
    public int? Aggregator { get; init; }

    /// <summary>802.3ad: ports of the active aggregator.</summary>
    public int? AggregatorPorts { get; init; }

    /// <summary>802.3ad: the key of this end.</summary>
    public int? ActorKey { get; init; }

    /// <summary>802.3ad: the partner's key.</summary>
    public int? PartnerKey { get; init; }

    /// <summary>802.3ad: system address of the active aggregator's partner, lower case with colons; all zero where there is none.</summary>
    public string? PartnerMac { get; init; }
}
