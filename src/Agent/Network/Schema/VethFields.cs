using NodeAgent.Network.Model;

namespace NodeAgent.Network.Schema;

/// <summary>One end of a virtual Ethernet pair.</summary>
/// <example><code>
/// - name: veth0
///   type: veth
///   veth: { peer: veth1 }
/// </code></example>
public static class VethFields
{
    public static readonly Field Peer = new("veth.peer", FieldType.LinkName, FieldApply.Recreate) { Required = true };

    public static readonly IReadOnlyList<Field> All = [Peer];
}
