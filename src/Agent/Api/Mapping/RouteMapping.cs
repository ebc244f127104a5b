using NodeAgent.Network.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>Routes.</summary>
internal static class RouteMapping
{
    public static V1.Route ToWire(RouteState route)
    {
        var wire = new V1.Route
        {
            Destination = route.Destination.ToString(),
            Metric = route.Metric,
            Table = route.Table,
            Protocol = route.Protocol,
            Scope = route.Scope,
        };
        if (route.Gateway is { } gateway) wire.Gateway = gateway.ToString();
        if (route.Device is { } device) wire.Device = device;
        if (route.Source is { } source) wire.Source = source.ToString();
        return wire;
    }

    /// <exception cref="FormatException">An address is none.</exception>
    public static RouteState FromWire(V1.Route wire) => new()
    {
        Destination = AddressMapping.Cidr(wire.Destination),
        Gateway = AddressMapping.Address(wire.HasGateway, wire.Gateway),
        Device = wire.HasDevice ? wire.Device : null,
        Source = AddressMapping.Address(wire.HasSource, wire.Source),
        Metric = wire.Metric,
        Table = wire.Table,
        Protocol = wire.Protocol,
        Scope = wire.Scope,
    };
}
