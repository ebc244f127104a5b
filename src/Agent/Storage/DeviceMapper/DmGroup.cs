namespace NodeAgent.Storage.DeviceMapper;

/// <summary>A priority group of a multipath map.</summary>
/// <param name="State">"active", "enabled" or "disabled".</param>
/// <param name="Selector">What spreads I/O over its paths: "service-time"; empty where the table does not say.</param>
/// <param name="Paths">In the table's order.</param>
public sealed record DmGroup(string State, string Selector, IReadOnlyList<DmPath> Paths);
