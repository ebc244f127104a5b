using NodeAgent.Network.Model;

namespace NodeAgent.Network.Schema;

/// <summary>A VXLAN tunnel end point (RFC 7348).</summary>
/// <example><code>
/// - name: vx100
///   type: vxlan
///   vxlan: { id: 100, remote: 172.16.0.9, destination-port: 4789 }
/// </code></example>
public static class VxlanFields
{
    /// <summary>VXLAN network identifier.</summary>
    public static readonly Field Id = new("vxlan.id", FieldType.Number, FieldApply.Recreate) { Max = 0xFFFFFF, Required = true };

    /// <summary>The link that carries the tunnel.</summary>
    public static readonly Field BaseLink = new("vxlan.base-iface", FieldType.LinkName, FieldApply.Recreate) { IsBaseLink = true };

    /// <summary>The other end, or a multicast group.</summary>
    public static readonly Field Remote = new("vxlan.remote", FieldType.Address, FieldApply.Recreate);

    public static readonly Field Local = new("vxlan.local", FieldType.Address, FieldApply.Recreate);

    /// <summary>UDP port; the kernel's default is 8472, IANA's 4789.</summary>
    public static readonly Field Port = new("vxlan.destination-port", FieldType.Number, FieldApply.Recreate) { Min = 1, Max = 65535 };

    /// <summary>Source addresses are learned from the packets received.</summary>
    public static readonly Field Learning = new("vxlan.learning", FieldType.Flag, FieldApply.Recreate);

    public static readonly IReadOnlyList<Field> All = [Id, BaseLink, Remote, Local, Port, Learning];
}
