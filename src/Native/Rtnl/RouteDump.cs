namespace NodeAgent.Native.Rtnl;

/// <summary>Which routes to list; what is null does not filter.</summary>
public readonly record struct RouteDump(AddressFamily Family = AddressFamily.Unspecified, uint? Table = null, int? OutputLink = null, RouteProtocol? Protocol = null);
