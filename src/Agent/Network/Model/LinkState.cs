namespace NodeAgent.Network.Model;

/// <summary>One link as it is: from the kernel, or (offline) from a document taken as the present state.</summary>
public sealed class LinkState
{
    private BondPortStatus? _bondPort;

    /// <summary>ifindex; 0 where the state comes from a document.</summary>
    public int Index { get; init; }

    public required string Name { get; init; }

    public required InterfaceType Type { get; init; }

    /// <summary>The kernel's name of the kind ("bond", "tun", ""), for links of type Other.</summary>
    public string Kind { get; init; } = "";

    /// <summary>IFF_UP.</summary>
    public bool Up { get; init; }

    /// <summary>IF_OPER_UP and carrier, as the kernel reports them.</summary>
    public bool Carrier { get; init; }

    /// <summary>RFC 2863 state in ip(8)'s words: up, down, lower-layer-down, dormant, unknown.</summary>
    public string OperState { get; init; } = "unknown";

    /// <summary>The bridge or bond it is a port of.</summary>
    public string? Controller { get; init; }

    /// <summary>The lower link is in another network namespace.</summary>
    public bool LowerElsewhere { get; init; }

    /// <summary>Everything the schema knows about this link: mtu, mac-address and the fields of its type.</summary>
    public FieldSet Fields { get; init; } = new();

    /// <summary>The options it has as a bridge port.</summary>
    public FieldSet PortOptions { get; init; } = new();

    /// <summary>Its VLANs as a bridge port, or as the bridge itself; null where it is neither, or the bridge does not filter and the table is the kernel's default.</summary>
    public VlanTable? Vlans { get; init; }

    public IReadOnlyList<AddressState> Addresses { get; init; } = [];

    /// <summary>The MAC burnt into a physical NIC, null where there is none.</summary>
    public string? PermanentMac { get; init; }

    /// <summary>What it does as a bond; null where it is none, or the state comes from a document.</summary>
    public BondStatus? Bond { get; init; }

    /// <summary>How it stands as a port of a bond; null where it is none, or the state comes from a document.</summary>
    public BondPortStatus? BondPort
    {
        get => _bondPort;
        init => _bondPort = value;
    }

    /// <summary>The link a VLAN, macvlan or VXLAN sits on, or null.</summary>
    public string? BaseLink => Fields.BaseLink;

    /// <summary>True for the ports that guests bring: taps and veths that no document names are never taken off a bridge.</summary>
    public bool IsGuestPort => Type is InterfaceType.Tun or InterfaceType.Veth or InterfaceType.Other;

    /// <summary>Nothing that is known of the link differs.</summary>
    public bool IsSameAs(LinkState other) =>
        Index == other.Index && Name == other.Name && Type == other.Type && Kind == other.Kind
        && Up == other.Up && Carrier == other.Carrier && OperState == other.OperState
        && Controller == other.Controller && LowerElsewhere == other.LowerElsewhere && PermanentMac == other.PermanentMac
        && Fields.HasSameValues(other.Fields) && PortOptions.HasSameValues(other.PortOptions)
        && Equals(Bond, other.Bond) && Equals(BondPort, other.BondPort)
        && Equals(Vlans, other.Vlans) && Addresses.SequenceEqual(other.Addresses);

    /// <summary>The same link with what else is known of it as a port of a bond; itself where it is none.</summary>
    public LinkState With(BondPortDetail? detail)
    {
        if (_bondPort is not { } port || Equals(port.Detail, detail)) return this;
        var copy = (LinkState)MemberwiseClone();
        copy._bondPort = port with { Detail = detail };
        return copy;
    }
}
