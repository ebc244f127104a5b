using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning;

/// <summary>What the agent added for its policies, so that it may take away again what a policy no longer lists.</summary>
public sealed class Ownership
{
    /// <summary>Nothing is the agent's.</summary>
    public static readonly Ownership None = new();

    /// <summary>Everything in the present state counts as the agent's (planning with files alone).</summary>
    public static readonly Ownership Everything = new() { OwnsAll = true };

    public bool OwnsAll { get; init; }

    /// <summary>Links the agent created.</summary>
    public IReadOnlySet<string> Links { get; init; } = new HashSet<string>();

    /// <summary>"port@controller" for every port the agent attached.</summary>
    public IReadOnlySet<string> Ports { get; init; } = new HashSet<string>();

    /// <summary>"link 10.0.0.1/24" for every address the agent added.</summary>
    public IReadOnlySet<string> Addresses { get; init; } = new HashSet<string>();

    /// <summary>Routes the agent added, see <see cref="RouteKey"/>.</summary>
    public IReadOnlySet<string> Routes { get; init; } = new HashSet<string>();

    public bool OwnsLink(string link) => OwnsAll || Links.Contains(link);

    public bool OwnsPort(string port, string controller) => OwnsAll || Ports.Contains(PortKey(port, controller));

    public bool OwnsAddress(string link, IpCidr address) => OwnsAll || Addresses.Contains(AddressKey(link, address));

    public bool OwnsRoute(RouteState route) => OwnsAll || Routes.Contains(RouteKey(route));

    public static string PortKey(string port, string controller) => $"{port}@{controller}";

    public static string AddressKey(string link, IpCidr address) => $"{link} {address}";

    public static string RouteKey(RouteState route) => $"{route.Destination} via {route.Gateway} dev {route.Device} metric {route.Metric} table {route.Table}";
}
