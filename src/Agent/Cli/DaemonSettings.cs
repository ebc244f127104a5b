namespace NodeAgent.Cli;

/// <summary>Where a command looks for the node's agent.</summary>
public sealed record DaemonSettings
{
    /// <summary>The agent's socket.</summary>
    public string Socket { get; init; } = HostPaths.Default.Socket;

    /// <summary>The option or variable that names the socket: who names an agent wants that one and no other; null where it is the default.</summary>
    public string? NamedBy { get; init; }

    /// <summary>Why the work is done in this process even where there is an agent, "--local" for example; null: the agent does it.</summary>
    public string? LocalBecause { get; init; }
}
