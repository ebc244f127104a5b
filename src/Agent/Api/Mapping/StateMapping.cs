using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>The complete state of the network.</summary>
internal static class StateMapping
{
    public static V1.GetNetworkStateResponse ToWire(NetworkSnapshot snapshot, IReadOnlyList<PolicyStatus> policies, WaitingTransaction? waiting)
    {
        var wire = new V1.GetNetworkStateResponse { Waiting = waiting is null ? null : PolicyMapping.ToWire(waiting) };
        foreach (var link in snapshot.Links.Values) wire.Links.Add(LinkMapping.ToWire(link));
        foreach (var route in snapshot.Routes) wire.Routes.Add(RouteMapping.ToWire(route));
        foreach (var policy in policies) wire.Policies.Add(PolicyMapping.ToWire(policy));
        return wire;
    }

    /// <exception cref="FormatException">An address is none.</exception>
    public static NetworkSnapshot Snapshot(V1.GetNetworkStateResponse wire)
    {
        var snapshot = new NetworkSnapshot { Routes = [.. wire.Routes.Select(RouteMapping.FromWire)] };
        foreach (var link in wire.Links) snapshot.Put(LinkMapping.FromWire(link));
        return snapshot;
    }
}
