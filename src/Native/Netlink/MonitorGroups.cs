namespace NodeAgent.Native.Netlink;

/// <summary>What a <see cref="NetlinkMonitor"/> listens to.</summary>
[Flags]
public enum MonitorGroups
{
    None = 0,

    /// <summary>Links, and with them bridge ports and their VLANs.</summary>
    Links = 1,
    Addresses = 2,
    Routes = 4,

    /// <summary>ARP, ND and forwarding entries: many, on a busy bridge.</summary>
    Neighbours = 8,
    Default = Links | Addresses | Routes,
}

/// <summary>What <see cref="NetlinkMonitor.Read"/> came back with.</summary>
public enum MonitorStatus
{
    Events,
    TimedOut,

    /// <summary><see cref="NetlinkMonitor.Stop"/> was called.</summary>
    Stopped,

    /// <summary><see cref="NetlinkMonitor.Wake"/> was called.</summary>
    Woken,

    /// <summary>Events were lost: list everything again. What was queued has been discarded, as the list will be newer.</summary>
    Overflow,
}
