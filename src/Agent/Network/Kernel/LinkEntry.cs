using NodeAgent.Network.Model;

namespace NodeAgent.Network.Kernel;

/// <summary>What is known of one link while messages about it arrive one by one.</summary>
internal sealed class LinkEntry
{
    public required int Index { get; init; }

    public required string Name { get; set; }

    public InterfaceType Type { get; set; }

    public string Kind { get; set; } = "";

    public bool Up { get; set; }

    public bool Carrier { get; set; }

    public string OperState { get; set; } = "unknown";

    /// <summary>Index of its bridge or bond, 0 for none.</summary>
    public int Master { get; set; }

    /// <summary>Index of the link it sits on or, for a veth, of its peer; 0 for none.</summary>
    public int Lower { get; set; }

    public bool LowerElsewhere { get; set; }

    public FieldSet Fields { get; set; } = new();

    public FieldSet PortOptions { get; set; } = new();

    public VlanTable? Vlans { get; set; }

    public List<AddressState> Addresses { get; } = [];

    public string? PermanentMac { get; set; }

    public BondStatus? Bond { get; set; }

    public BondPortStatus? BondPort { get; set; }
}
