using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>
/// MTUs fit those of the links beneath: the kernel refuses a VLAN, macvlan or VXLAN above its base, gives a bond's MTU to its ports,
/// and a bridge drops what is too long for a port. What the document does not name counts as it is, or as the kernel makes it.
/// </summary>
internal static class Mtus
{
    private const long EthernetDefault = 1500;

    /// <summary>VXLAN_HEADROOM and VXLAN6_HEADROOM.</summary>
    private const int VxlanHeadroom = 50, Vxlan6Headroom = 70;

    public static void Check(CheckContext context)
    {
        foreach (var spec in context.Present)
        {
            if (spec.Fields[CommonFields.Mtu]?.Number is { } mtu) AgainstBase(spec, mtu, context);
            foreach (var port in spec.Ports ?? []) AgainstPort(spec, port, context);
        }
    }

    private static void AgainstBase(InterfaceSpec spec, long mtu, CheckContext context)
    {
        if (spec.BaseLink is not { Length: > 0 } lower || lower == spec.Name || MtuOf(lower, context) is not { } below) return;
        var room = below - Headroom(spec);
        if (mtu <= room) return;
        var less = room == below ? "" : $", which leaves {room} for the tunnel";
        context.Error(spec, CommonFields.Mtu, $"{mtu} is above the MTU of {lower}, {below}{less}: the kernel refuses it; raise the mtu of {lower} or lower this one");
    }

    private static void AgainstPort(InterfaceSpec spec, PortSpec port, CheckContext context)
    {
        var bond = context.TypeOf(spec.Name) == InterfaceType.Bond;
        var ofPort = context.Spec(port.Name)?.Fields[CommonFields.Mtu]?.Number;
        if (bond)
        {
            if (ofPort is not { } named || MtuOf(spec.Name, context) is not { } ofBond || named == ofBond) return;
            context.Error(context.Spec(port.Name)!, CommonFields.Mtu, $"{named} differs from the MTU of its bond {spec.Name}, {ofBond}: a bond gives its own to its ports; write `mtu: {named}` on {spec.Name}");
        }
        else if (spec.Fields[CommonFields.Mtu]?.Number is { } ofBridge && MtuOf(port.Name, context) is { } below && ofBridge > below)
        {
            context.Error(spec, CommonFields.Mtu, $"{ofBridge} is above the MTU of its port {port.Name}, {below}: longer frames would be dropped; raise the mtu of {port.Name} or lower this one");
        }
    }

    private static int Headroom(InterfaceSpec spec)
    {
        if (!spec.Fields.Contains(VxlanFields.BaseLink)) return 0;
        var end = spec.Fields.Text(VxlanFields.Remote) ?? spec.Fields.Text(VxlanFields.Local) ?? "";
        return end.Contains(':', StringComparison.Ordinal) ? Vxlan6Headroom : VxlanHeadroom;
    }

    /// <summary>The MTU once the documents are applied; null where it cannot be known.</summary>
    private static long? MtuOf(string link, CheckContext context)
    {
        // A chain of links each on another; longer ones are cycles, or beyond the kernel's limit of 8.
        for (var hop = 0; hop < 16; hop++)
        {
            if (context.Spec(link)?.Fields[CommonFields.Mtu]?.Number is { } named) return named;
            if (context.Claim(link) is { Controller: var controller } && context.TypeOf(controller.Name) == InterfaceType.Bond)
            {
                link = controller.Name;
                continue;
            }

            if (context.Seen(link)?.Fields[CommonFields.Mtu]?.Number is { } seen) return seen;
            if (context.Observed is null && context.Spec(link) is null) return null;
            switch (context.TypeOf(link))
            {
                case InterfaceType.Bond or InterfaceType.Dummy or InterfaceType.Veth:
                    return EthernetDefault;
                case InterfaceType.Vlan or InterfaceType.Macvlan when context.BaseOf(link) is { } lower:
                    link = lower;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
