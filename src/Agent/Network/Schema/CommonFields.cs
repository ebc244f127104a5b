using NodeAgent.Network.Model;

namespace NodeAgent.Network.Schema;

/// <summary>Fields of every link. YAML: <c>mtu: 9000</c>, <c>mac-address: 02:00:00:00:00:01</c>.</summary>
public static class CommonFields
{
    /// <summary>Layer-3 MTU in bytes (IFLA_MTU).</summary>
    public static readonly Field Mtu = new("mtu", FieldType.Number) { Min = 68, Max = 65535, Unit = "bytes" };

    /// <summary>IFLA_ADDRESS.</summary>
    public static readonly Field MacAddress = new("mac-address", FieldType.Mac);
}
