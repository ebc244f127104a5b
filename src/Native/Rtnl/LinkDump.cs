namespace NodeAgent.Native.Rtnl;

/// <summary>Which links to list, and with what.</summary>
/// <param name="Master">Ports of this bridge or bond only.</param>
/// <param name="Kind">Links of this kind only.</param>
/// <param name="SkipStatistics">Without counters: a quarter less for the kernel to write and for us to read.</param>
public readonly record struct LinkDump(int? Master = null, string? Kind = null, bool SkipStatistics = false);
