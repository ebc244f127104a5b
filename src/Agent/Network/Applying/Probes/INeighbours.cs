using System.Net;

namespace NodeAgent.Network.Applying.Probes;

/// <summary>The kernel's neighbour table, as far as a gateway probe looks at it.</summary>
public interface INeighbours
{
    /// <summary>True where the entry of this address was confirmed by an answer within the last <paramref name="within"/>.</summary>
    bool IsConfirmed(IPAddress address, TimeSpan within);

    /// <summary>The default gateways of the main table, best metric first.</summary>
    IReadOnlyList<IPAddress> DefaultGateways();
}
