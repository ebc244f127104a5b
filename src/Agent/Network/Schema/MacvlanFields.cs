using NodeAgent.Network.Model;

namespace NodeAgent.Network.Schema;

/// <summary>A macvlan sub-interface.</summary>
/// <example><code>
/// - name: mv0
///   type: mac-vlan
///   mac-vlan: { base-iface: bond_data, mode: bridge }
/// </code></example>
public static class MacvlanFields
{
    public static readonly Field BaseLink = new("mac-vlan.base-iface", FieldType.LinkName, FieldApply.Recreate) { IsBaseLink = true, Required = true };

    /// <summary>enum macvlan_mode; the kernel's default is vepa.</summary>
    public static readonly Field Mode = new("mac-vlan.mode", FieldType.Choice)
    {
        Choices = [new("private", 1), new("vepa", 2), new("bridge", 4), new("passthru", 8), new("source", 16)],
    };

    /// <summary>The base interface may be put into promiscuous mode: MACVLAN_FLAG_NOPROMISC, inverted.</summary>
    public static readonly Field Promiscuous = new("mac-vlan.promiscuous", FieldType.Flag);

    public static readonly IReadOnlyList<Field> All = [BaseLink, Mode, Promiscuous];
}
