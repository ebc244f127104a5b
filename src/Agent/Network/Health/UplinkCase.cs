using NodeAgent.Network.Model;

namespace NodeAgent.Network.Health;

/// <summary>A bridge's uplink and who needs VLANs over it.</summary>
public sealed record UplinkCase
{
    public required LinkState Bridge { get; init; }

    public required LinkState Uplink { get; init; }

    /// <summary>The bridge's other uplinks: a VLAN that one of them brings is brought.</summary>
    public IReadOnlyList<LinkState> Others { get; init; } = [];

    /// <summary>Ports of guests, by name.</summary>
    public required IReadOnlyList<LinkState> Guests { get; init; }

    /// <summary>VLAN links that sit on the bridge itself (br0.20).</summary>
    public IReadOnlyList<LinkState> OverBridge { get; init; } = [];

    /// <summary>VLAN links that sit on the uplink (bond0.20).</summary>
    public IReadOnlyList<LinkState> OverUplink { get; init; } = [];

    /// <summary>The policy that describes the bridge; null where none does.</summary>
    public string? Policy { get; init; }
}
