using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Kernel;

/// <summary>Links of every kind: RTM_NEWLINK to fields and back.</summary>
internal static class LinkBinding
{
    // ARPHRD_ETHER and ARPHRD_LOOPBACK (linux/if_arp.h)
    private const int Ethernet = 1;
    private const int Loopback = 772;

    public static InterfaceType TypeOf(LinkMessage link) => link.Kind switch
    {
        LinkKinds.Bond => InterfaceType.Bond,
        LinkKinds.Vlan => InterfaceType.Vlan,
        LinkKinds.Bridge => InterfaceType.LinuxBridge,
        LinkKinds.Veth => InterfaceType.Veth,
        LinkKinds.Dummy => InterfaceType.Dummy,
        LinkKinds.Macvlan => InterfaceType.Macvlan,
        LinkKinds.Vxlan => InterfaceType.Vxlan,
        LinkKinds.Tun => InterfaceType.Tun,
        null when link.HardwareType == Ethernet => InterfaceType.Ethernet,
        null when link.HardwareType == Loopback => InterfaceType.Loopback,
        _ => InterfaceType.Other,
    };

    /// <summary>The fields of the schema as the kernel reports them.</summary>
    public static FieldSet Read(LinkMessage link, INames names)
    {
        var fields = new FieldSet();
        if (link.Mtu is { } mtu) fields.Set(CommonFields.Mtu, mtu);
        if (link.Address is { } mac) fields.Set(CommonFields.MacAddress, mac.ToString());
        var lower = link.Link is { } index && link.LinkNetnsId is null ? names.NameOf(index) : null;
        switch (link.Data)
        {
            case Bond bond:
                BondBinding.Read(bond, names, fields);
                break;
            case Bridge bridge:
                BridgeBinding.Read(bridge, fields);
                break;
            case Vlan vlan:
                if (lower is not null) fields.Set(VlanFields.BaseLink, lower);
                VlanBinding.Read(vlan, fields);
                break;
            case Macvlan macvlan when link.Kind == LinkKinds.Macvlan:
                if (lower is not null) fields.Set(MacvlanFields.BaseLink, lower);
                MacvlanBinding.Read(macvlan, fields);
                break;
            case Vxlan vxlan:
                VxlanBinding.Read(vxlan, names, fields);
                break;
            default:
                if (link.Kind == LinkKinds.Veth && lower is not null) fields.Set(VethFields.Peer, lower);
                break;
        }

        return fields;
    }

    /// <summary>A request that sets these fields; for a link to be created its kind is named even where it has no fields.</summary>
    public static LinkMessage Write(string name, InterfaceType type, FieldSet fields, INames names)
    {
        var link = new LinkMessage { Name = name };
        if (fields[CommonFields.Mtu] is { } mtu) link.Mtu = (uint)mtu.Number;
        if (fields.Text(CommonFields.MacAddress) is { } mac) link.Address = MacAddress.Parse(mac);
        var own = HasOwn(fields, type);
        switch (type)
        {
            case InterfaceType.Bond when own:
                link.Data = BondBinding.Write(fields, names);
                break;
            case InterfaceType.LinuxBridge when own:
                link.Data = BridgeBinding.Write(fields);
                break;
            case InterfaceType.Vlan when own:
                link.Data = VlanBinding.Write(fields);
                break;
            case InterfaceType.Macvlan when own:
                link.Data = MacvlanBinding.Write(fields);
                break;
            case InterfaceType.Vxlan when own:
                link.Data = VxlanBinding.Write(fields, names);
                break;
            case InterfaceType.Veth when fields.Text(VethFields.Peer) is { } peer:
                link.Data = new Veth { Peer = new LinkMessage { Name = peer } };
                break;
        }

        if (type is InterfaceType.Vlan or InterfaceType.Macvlan && fields.BaseLink is { } lower) link.Link = names.IndexOf(lower);
        return link;
    }

    /// <summary>The kernel's name of a type's kind.</summary>
    public static string KindOf(InterfaceType type) => type switch
    {
        InterfaceType.Bond => LinkKinds.Bond,
        InterfaceType.Vlan => LinkKinds.Vlan,
        InterfaceType.LinuxBridge => LinkKinds.Bridge,
        InterfaceType.Veth => LinkKinds.Veth,
        InterfaceType.Dummy => LinkKinds.Dummy,
        InterfaceType.Macvlan => LinkKinds.Macvlan,
        InterfaceType.Vxlan => LinkKinds.Vxlan,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Links of this type are not made by software."),
    };

    private static bool HasOwn(FieldSet fields, InterfaceType type)
    {
        foreach (ref readonly var entry in fields.AsSpan())
        {
            if (LinkSchema.Own(type).Contains(entry.Field)) return true;
        }

        return false;
    }
}
