namespace NodeAgent.Network.Model;

/// <summary>A port of a bridge or bond in a document.</summary>
/// <example><code>
/// bridge:
///   port:
///   - name: bond_data
///     vlan:
///       mode: trunk
///       trunk-tags:
///       - id-range: { min: 21, max: 100 }
/// </code></example>
public sealed record PortSpec(string Name)
{
    /// <summary>The bridge port's options (hairpin, cost, priority): only those named.</summary>
    public FieldSet Options { get; init; } = new();

    /// <summary>The exact VLANs of the port; null where `vlan:` is not named.</summary>
    public VlanTable? Vlans { get; init; }

    public SourceMark Mark { get; init; }

    /// <summary>Where `vlan:` is written.</summary>
    public SourceMark VlanMark { get; init; }
}
