using NodeAgent.Network.Model;

namespace NodeAgent.Node;

/// <summary>A link with the routes that leave by it, as of the version at which it last changed.</summary>
public sealed record NodeLink(LinkState State, IReadOnlyList<RouteState> Routes, long Version);
