namespace NodeAgent.Network.Model;

/// <summary>The kinds of link. The first eight can be described in a document; the others are only observed.</summary>
public enum InterfaceType
{
    Ethernet,
    Bond,
    Vlan,
    LinuxBridge,
    Veth,
    Dummy,
    Macvlan,
    Vxlan,

    /// <summary>The loopback device.</summary>
    Loopback,

    /// <summary>A tun or tap device: usually a running VM's NIC.</summary>
    Tun,

    /// <summary>A link of a kind the agent does not manage.</summary>
    Other,
}
