using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;
using static NodeAgent.Network.Kernel.Bindings;
using static NodeAgent.Network.Schema.MacvlanFields;

namespace NodeAgent.Network.Kernel;

/// <summary>Macvlans: IFLA_MACVLAN_*.</summary>
internal static class MacvlanBinding
{
    // MACVLAN_FLAG_NOPROMISC
    private const ushort NoPromiscuous = 1;

    private static readonly IReadOnlyList<Binding<Macvlan>> s_bindings =
    [
        new(Mode, m => Of((long?)m.Mode), (m, v) => m.Mode = (MacvlanMode)v.Number),
        new(Promiscuous, m => Of(m.Flags is { } flags ? (flags & NoPromiscuous) == 0 : null), (m, v) => m.Flags = v.Number != 0 ? (ushort)0 : NoPromiscuous),
    ];

    public static void Read(Macvlan macvlan, FieldSet fields) => Bindings.Read(s_bindings, macvlan, fields);

    public static Macvlan Write(FieldSet fields)
    {
        var macvlan = new Macvlan();
        Bindings.Write(s_bindings, fields, macvlan);
        return macvlan;
    }
}
