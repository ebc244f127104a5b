using NodeAgent.Network.Model;

namespace NodeAgent.Network.Schema;

/// <summary>Which fields each type of link has. The one list that the parser, the planner, the exporter and the kernel mapping share.</summary>
public static class LinkSchema
{
    /// <summary>Fields of every type.</summary>
    public static readonly IReadOnlyList<Field> Common = [CommonFields.Mtu, CommonFields.MacAddress];

    /// <summary>The name of the section that holds a type's own fields, or null.</summary>
    public static string? Section(InterfaceType type) => type switch
    {
        InterfaceType.Bond => "link-aggregation",
        InterfaceType.LinuxBridge => "bridge",
        InterfaceType.Vlan => "vlan",
        InterfaceType.Veth => "veth",
        InterfaceType.Macvlan => "mac-vlan",
        InterfaceType.Vxlan => "vxlan",
        _ => null,
    };

    /// <summary>The fields a type has beside <see cref="Common"/>.</summary>
    public static IReadOnlyList<Field> Own(InterfaceType type) => type switch
    {
        InterfaceType.Bond => BondFields.All,
        InterfaceType.LinuxBridge => BridgeFields.All,
        InterfaceType.Vlan => VlanFields.All,
        InterfaceType.Veth => VethFields.All,
        InterfaceType.Macvlan => MacvlanFields.All,
        InterfaceType.Vxlan => VxlanFields.All,
        _ => [],
    };

    /// <summary>True for types that have ports.</summary>
    public static bool HasPorts(InterfaceType type) => type is InterfaceType.Bond or InterfaceType.LinuxBridge;
}
