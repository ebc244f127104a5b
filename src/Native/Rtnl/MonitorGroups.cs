namespace NodeAgent.Native.Rtnl;

/// <summary>What a <see cref="RtnlMonitor"/> listens to.</summary>
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
