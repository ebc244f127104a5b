using NodeAgent.Network;
using NodeAgent.Network.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>The complete state of the network.</summary>
internal static class StateMapping
{
    public static V1.GetNetworkStateResponse ToWire(NetworkState state)
    {
        var wire = new V1.GetNetworkStateResponse { Waiting = state.Waiting is { } waiting ? PolicyMapping.ToWire(waiting) : null };
        foreach (var link in state.Snapshot.Links.Values) wire.Links.Add(LinkMapping.ToWire(link));
        foreach (var route in state.Snapshot.Routes) wire.Routes.Add(RouteMapping.ToWire(route));
        foreach (var conflict in state.Macs) wire.MacConflicts.Add(MacMapping.ToWire(conflict));
        foreach (var policy in state.Policies) wire.Policies.Add(PolicyMapping.ToWire(policy));
        return wire;
    }

    /// <exception cref="FormatException">An address is none.</exception>
    public static NetworkState FromWire(V1.GetNetworkStateResponse wire)
    {
        var snapshot = new NetworkSnapshot { Routes = [.. wire.Routes.Select(RouteMapping.FromWire)] };
        foreach (var link in wire.Links) snapshot.Put(LinkMapping.FromWire(link));
        return new NetworkState(snapshot, [.. wire.Policies.Select(PolicyMapping.FromWire)], wire.Waiting is { } waiting ? PolicyMapping.FromWire(waiting) : null)
        {
            Macs = [.. wire.MacConflicts.Select(MacMapping.FromWire)],
        };
    }
}
