using System.Net;

namespace NodeAgent.Cli;

/// <summary>The global options after flag, environment and configuration file were weighed, in that order.</summary>
public sealed record Settings
{
    public HostPaths Paths { get; init; } = HostPaths.Default;

    /// <summary>Addresses whose route must not be cut, each with a port or without: with one, it is probed too.</summary>
    public IReadOnlyList<string> ControlPlane { get; init; } = [];

    public IEnumerable<IPAddress> ControlPlaneAddresses => ControlPlane.Select(static a => IPEndPoint.Parse(a).Address);

    public OutputFormat Format { get; init; }

    public bool Colour { get; init; }

    public bool Verbose { get; init; }

    /// <summary>Columns to lay tables out for.</summary>
    public int Width { get; init; } = 100;
}
