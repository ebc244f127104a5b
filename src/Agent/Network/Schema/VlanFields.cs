using NodeAgent.Network.Model;

namespace NodeAgent.Network.Schema;

/// <summary>A VLAN sub-interface (ip-link(8), type vlan).</summary>
/// <example><code>
/// - name: bond_data.20
///   type: vlan
///   vlan: { base-iface: bond_data, id: 20 }
/// </code></example>
public static class VlanFields
{
    public static readonly Field BaseLink = new("vlan.base-iface", FieldType.LinkName, FieldApply.Recreate) { IsBaseLink = true, Required = true };

    /// <summary>802.1Q VLAN id; 0 and 4095 are reserved.</summary>
    public static readonly Field Id = new("vlan.id", FieldType.Number, FieldApply.Recreate) { Min = 1, Max = VlanTable.MaxId, Required = true };

    /// <summary>The tag's EtherType (linux/if_ether.h).</summary>
    public static readonly Field Protocol = new("vlan.protocol", FieldType.Choice, FieldApply.Recreate) { Choices = [new("802.1q", 0x8100), new("802.1ad", 0x88A8)] };

    /// <summary>VLAN_FLAG_REORDER_HDR.</summary>
    public static readonly Field ReorderHeaders = new("vlan.reorder-headers", FieldType.Flag);

    /// <summary>VLAN_FLAG_LOOSE_BINDING: the state does not follow the base interface.</summary>
    public static readonly Field LooseBinding = new("vlan.loose-binding", FieldType.Flag);

    public static readonly IReadOnlyList<Field> All = [BaseLink, Id, Protocol, ReorderHeaders, LooseBinding];
}
