using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;
using static NodeAgent.Network.Kernel.Bindings;
using static NodeAgent.Network.Schema.VlanFields;

namespace NodeAgent.Network.Kernel;

/// <summary>VLAN sub-interfaces: IFLA_VLAN_*.</summary>
internal static class VlanBinding
{
    private static readonly IReadOnlyList<Binding<Vlan>> s_bindings =
    [
        new(Id, v => Of(v.Id), (v, value) => v.Id = (ushort)value.Number),
        new(Protocol, v => Of(v.Protocol), (v, value) => v.Protocol = (ushort)value.Number),
        new(ReorderHeaders, v => Of(v.Flags?.HasFlag(VlanFlags.ReorderHeader)), (v, value) => SetFlag(v, VlanFlags.ReorderHeader, value)),
        new(LooseBinding, v => Of(v.Flags?.HasFlag(VlanFlags.LooseBinding)), (v, value) => SetFlag(v, VlanFlags.LooseBinding, value)),
    ];

    public static void Read(Vlan vlan, FieldSet fields) => Bindings.Read(s_bindings, vlan, fields);

    public static Vlan Write(FieldSet fields)
    {
        var vlan = new Vlan();
        Bindings.Write(s_bindings, fields, vlan);
        return vlan;
    }

    private static void SetFlag(Vlan vlan, VlanFlags flag, FieldValue value)
    {
        vlan.FlagsMask = (vlan.FlagsMask ?? 0) | flag;
        vlan.Flags = value.Number != 0 ? (vlan.Flags ?? 0) | flag : (vlan.Flags ?? 0) & ~flag;
    }
}
