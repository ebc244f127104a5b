namespace NodeAgent.Native.Rtnl;

/// <summary>Which links to list, and with what.</summary>
/// <param name="Master">Ports of this bridge or bond only.</param>
/// <param name="Kind">Links of this kind only.</param>
public readonly record struct LinkDump(int? Master = null, string? Kind = null);
