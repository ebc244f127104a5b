namespace NodeAgent.Network.Model;

/// <summary>What one document, or several merged ones, ask for.</summary>
public sealed record DesiredState
{
    public static readonly DesiredState Empty = new();

    public IReadOnlyList<InterfaceSpec> Interfaces { get; init; } = [];

    public IReadOnlyList<RouteSpec> Routes { get; init; } = [];
}
