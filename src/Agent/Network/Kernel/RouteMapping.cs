using System.Net;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Kernel;

/// <summary>Routes: RTM_NEWROUTE and the model's.</summary>
internal static class RouteMapping
{
    /// <summary>Null for routes that are not the model's business: local, broadcast, cloned and non-unicast ones.</summary>
    public static RouteState? ToState(RouteMessage route, INames names)
    {
        if (route.Type != RouteType.Unicast || route.Table == RouteTable.Local || route.Flags.HasFlag(RouteFlags.Cloned)) return null;
        if (route.Family is not (AddressFamily.Inet or AddressFamily.Inet6)) return null;
        var any = route.Family == AddressFamily.Inet6 ? IPAddress.IPv6Any : IPAddress.Any;
        return new RouteState
        {
            Destination = new IpCidr(route.Destination?.ToIPAddress() ?? any, route.DestinationLength),
            Gateway = route.Gateway?.ToIPAddress(),
            Device = route.OutputLink is { } index ? names.NameOf(index) : null,
            Source = route.PreferredSource?.ToIPAddress(),
            Metric = route.Priority ?? 0,
            Table = (int)route.Table,
            Protocol = (int)route.Protocol,
            Scope = (int)route.Scope,
        };
    }

    public static AddressFamily FamilyOf(RouteState route) => route.Destination.IsIpv6 ? AddressFamily.Inet6 : AddressFamily.Inet;

    public static RouteMessage ToKernel(RouteState route, INames names)
    {
        var message = new RouteMessage
        {
            Family = FamilyOf(route),
            DestinationLength = (byte)route.Destination.PrefixLength,
            Table = (uint)route.Table,
            Protocol = (RouteProtocol)route.Protocol,
            Type = RouteType.Unicast,
            // A route without gateway reaches its destination on the link itself.
            Scope = route.Gateway is null && !route.Destination.IsIpv6 ? RouteScope.Link : (RouteScope)route.Scope,
        };
        if (route.Destination.PrefixLength > 0) message.Destination = InetAddress.FromIPAddress(route.Destination.Address);
        if (route.Gateway is { } gateway) message.Gateway = InetAddress.FromIPAddress(gateway);
        if (route.Source is { } source) message.PreferredSource = InetAddress.FromIPAddress(source);
        if (route.Device is { } device) message.OutputLink = names.IndexOf(device);
        if (route.Metric > 0) message.Priority = (uint)route.Metric;
        return message;
    }
}
