using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using static NodeAgent.Network.Kernel.Bindings;

namespace NodeAgent.Network.Kernel;

/// <summary>VXLAN end points: IFLA_VXLAN_*; IPv4 and IPv6 addresses have attributes of their own.</summary>
internal static class VxlanBinding
{
    private static readonly IReadOnlyList<Binding<Vxlan>> s_bindings =
    [
        new(VxlanFields.Id, x => Of(x.Id), (x, v) => x.Id = (uint)v.Number),
        new(VxlanFields.Remote, x => Of((x.Group ?? x.Group6)?.ToString()), (x, v) =>
        {
            var address = InetAddress.Parse(v.Text!);
            if (address.Family == AddressFamily.Inet6) x.Group6 = address;
            else x.Group = address;
        }),
        new(VxlanFields.Local, x => Of((x.Local ?? x.Local6)?.ToString()), (x, v) =>
        {
            var address = InetAddress.Parse(v.Text!);
            if (address.Family == AddressFamily.Inet6) x.Local6 = address;
            else x.Local = address;
        }),
        new(VxlanFields.Port, x => Of(x.Port), (x, v) => x.Port = (ushort)v.Number),
        new(VxlanFields.Learning, x => Of(x.Learning), (x, v) => x.Learning = v.Number != 0),
    ];

    public static void Read(Vxlan vxlan, INames names, FieldSet fields)
    {
        Bindings.Read(s_bindings, vxlan, fields);
        if (vxlan.Link is { } link && names.NameOf(link) is { } name) fields.Set(VxlanFields.BaseLink, name);
    }

    public static Vxlan Write(FieldSet fields, INames names)
    {
        var vxlan = new Vxlan();
        Bindings.Write(s_bindings, fields, vxlan);
        if (fields.Text(VxlanFields.BaseLink) is { } link) vxlan.Link = names.IndexOf(link);
        return vxlan;
    }
}
