using System.Runtime.InteropServices;

namespace NodeAgent.Native.Rtnl;

/// <summary>NUD_… of linux/neighbour.h.</summary>
[Flags]
public enum NeighbourState : ushort
{
    None = 0,
    Incomplete = 0x01,

    /// <summary>Answered lately.</summary>
    Reachable = 0x02,

    /// <summary>Of the forwarding database: learned.</summary>
    Stale = 0x04,
    Delay = 0x08,
    Probe = 0x10,
    Failed = 0x20,

    /// <summary>Of the forwarding database: static, may not move.</summary>
    NoArp = 0x40,

    /// <summary>Of the forwarding database: the bridge's own ("local").</summary>
    Permanent = 0x80,
}

/// <summary>NTF_… of linux/neighbour.h.</summary>
[Flags]
public enum NeighbourFlags : byte
{
    None = 0,
    Use = 0x01,

    /// <summary>The device's own table.</summary>
    Self = 0x02,

    /// <summary>The table of the bridge it is a port of.</summary>
    Master = 0x04,
    Proxy = 0x08,

    /// <summary>Learned by a program.</summary>
    ExternallyLearned = 0x10,
    Offloaded = 0x20,
    Sticky = 0x40,
    Router = 0x80,
}

/// <summary>struct nda_cacheinfo: hundredths of a second since each happened.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct NeighbourAge(uint Confirmed, uint Used, uint Updated, uint References);
