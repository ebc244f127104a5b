namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>IFF_TUN and IFF_TAP of linux/if_tun.h.</summary>
public enum TunType : byte
{
    /// <summary>IP packets.</summary>
    Tun = 1,

    /// <summary>Ethernet frames: what a virtual machine's NIC hangs on.</summary>
    Tap = 2,
}
