namespace NodeAgent.Network.Model;

/// <summary>What a bond says of one of its ports. Null where the kernel does not tell, or the bond's mode is not 802.3ad.</summary>
public sealed record BondPortStatus
{
    /// <summary>As the bond's monitoring sees it.</summary>
    public LinkMonitorState Monitor { get; init; }

    /// <summary>The bond sends over it; false: a backup.</summary>
    public bool Active { get; init; }

    /// <summary>How often the bond's monitoring saw it fail since it joined.</summary>
    public long LinkFailures { get; init; }

    /// <summary>802.3ad: ports that carry traffic together share it with the bond's <see cref="BondStatus.Aggregator"/>.</summary>
    public int? Aggregator { get; init; }

    /// <summary>802.3ad: this end.</summary>
    public LacpState? Actor { get; init; }

    /// <summary>802.3ad: the switch, as far as it was heard.</summary>
    public LacpState? Partner { get; init; }

    /// <summary>What only files tell; null where they were not read.</summary>
    public BondPortDetail? Detail { get; init; }
}
