using NodeAgent.Network.Planning;

namespace NodeAgent.Api.Mapping;

/// <summary>Control paths.</summary>
internal static class ControlPathMapping
{
    public static V1.ControlPath ToWire(ControlPath path)
    {
        var wire = new V1.ControlPath { Description = path.Description, Link = path.Link, IsDefaultRoute = path.IsDefaultRoute };
        if (path.Source is { } source) wire.Source = source.ToString();
        if (path.Gateway is { } gateway) wire.Gateway = gateway.ToString();
        if (path.Destination is { } destination) wire.Destination = destination.ToString();
        return wire;
    }

    /// <exception cref="FormatException">An address is none.</exception>
    public static ControlPath FromWire(V1.ControlPath wire) => new()
    {
        Description = wire.Description,
        Link = wire.Link,
        Source = AddressMapping.Address(wire.HasSource, wire.Source),
        Gateway = AddressMapping.Address(wire.HasGateway, wire.Gateway),
        Destination = AddressMapping.Address(wire.HasDestination, wire.Destination),
        IsDefaultRoute = wire.IsDefaultRoute,
    };
}
