using System.Net;

namespace NodeAgent.Network.Planning;

/// <summary>A way by which the node is reached or reaches its control plane: a plan must not cut it.</summary>
public sealed record ControlPath
{
    /// <summary>In words: "the default route via 10.20.30.1", "the route to the control plane 172.16.0.10", "the SSH session from 192.168.1.7".</summary>
    public required string Description { get; init; }

    /// <summary>The link the route leaves by.</summary>
    public required string Link { get; init; }

    /// <summary>The local address used, where known: removing it cuts the path.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The gateway, where the route has one: the local address in its subnet must stay.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The address it leads to, where there is one.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>True for a default route: removing or replacing the route itself is a cut.</summary>
    public bool IsDefaultRoute { get; init; }
}
