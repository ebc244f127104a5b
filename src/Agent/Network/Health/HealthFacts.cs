using NodeAgent.Network.Kernel;

namespace NodeAgent.Network.Health;

/// <summary>What is known of the network beside links, addresses and routes. Kept by whoever watches, read by everybody without a lock.</summary>
public sealed class HealthFacts
{
    private volatile IReadOnlyList<MacConflict> _macs = [];

    public PortDetails Ports { get; } = new();

    /// <summary>MAC addresses that more than one port claims, by address.</summary>
    public IReadOnlyList<MacConflict> Macs
    {
        get => _macs;
        set => _macs = value;
    }
}
