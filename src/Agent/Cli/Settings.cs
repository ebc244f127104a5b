using NodeAgent.Config;

namespace NodeAgent.Cli;

/// <summary>The global options after flag, environment and configuration file were weighed, in that order.</summary>
public sealed record Settings
{
    public HostPaths Paths { get; init; } = HostPaths.Default;

    /// <summary>What is configured.</summary>
    public AgentConfiguration Configuration { get; init; } = AgentConfiguration.Default;

    /// <summary>Where that comes from, to read it again.</summary>
    internal ConfigurationSource Source { get; init; } = new(HostPaths.Default.ConfigurationFile, false);

    /// <summary>Where the node's agent is looked for.</summary>
    public DaemonSettings Daemon { get; init; } = new();

    /// <summary>Addresses whose route must not be cut.</summary>
    public IReadOnlyList<ControlPlaneAddress> ControlPlane => Configuration.ControlPlane;

    public OutputFormat Format { get; init; }

    public bool Colour { get; init; }

    public bool Verbose { get; init; }

    /// <summary>Columns to lay tables out for.</summary>
    public int Width { get; init; } = 100;
}
