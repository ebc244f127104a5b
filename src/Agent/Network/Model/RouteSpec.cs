namespace NodeAgent.Network.Model;

/// <summary>A static route of a document (`routes: config:`).</summary>
/// <example><code>
/// routes:
///   config:
///   - destination: 0.0.0.0/0
///     next-hop-address: 10.20.30.1
///     next-hop-interface: bond_data.20
/// </code></example>
public sealed record RouteSpec
{
    /// <summary>RT_TABLE_MAIN.</summary>
    public const int MainTable = 254;

    /// <summary>Null only together with <see cref="Absent"/>: every route that matches the rest.</summary>
    public IpCidr? Destination { get; init; }

    public System.Net.IPAddress? NextHopAddress { get; init; }

    public string? NextHopInterface { get; init; }

    /// <summary>The kernel's priority; null is the kernel's default (0 for IPv4, 1024 for IPv6).</summary>
    public long? Metric { get; init; }

    /// <summary>Null is the main table.</summary>
    public int? Table { get; init; }

    /// <summary>`state: absent`: matching routes are removed.</summary>
    public bool Absent { get; init; }

    public string? Policy { get; init; }

    public SourceMark Mark { get; init; }
}
