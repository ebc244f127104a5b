namespace NodeAgent.Network.Model;

/// <summary>A unicast route as it is.</summary>
public sealed record RouteState
{
    public required IpCidr Destination { get; init; }

    public System.Net.IPAddress? Gateway { get; init; }

    /// <summary>The outgoing link; null for multipath routes.</summary>
    public string? Device { get; init; }

    /// <summary>Preferred source address.</summary>
    public System.Net.IPAddress? Source { get; init; }

    public long Metric { get; init; }

    public int Table { get; init; } = RouteSpec.MainTable;

    /// <summary>rtm_protocol: 2 is the kernel's own (a connected prefix), 3 boot, 4 static.</summary>
    public int Protocol { get; init; } = 4;

    /// <summary>rtm_scope: 0 universe, 253 link.</summary>
    public int Scope { get; init; }

    public bool IsDefault => Destination.PrefixLength == 0;

    /// <summary>The kernel added it together with an address and removes it with it.</summary>
    public bool IsKernels => Protocol == 2;
}
