namespace NodeAgent.Network.Model;

/// <summary>A document with what belongs to it: a plain nmstate document, a NodeNetworkConfigurationPolicy (nmstate.io/v1) or a NodeNetworkPolicy (nodeagent.dev/v1alpha1).</summary>
public sealed record PolicyDocument
{
    /// <summary>metadata.name, or the file's name without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>The file it was read from, as the user named it; "-" for standard input.</summary>
    public required string File { get; init; }

    /// <summary>The file's absolute path, where it is known and <see cref="File"/> is not to be taken from the working directory; null otherwise.</summary>
    public string? Path { get; init; }

    /// <summary>The text as read, so that it can be stored unchanged.</summary>
    public required string Text { get; init; }

    public required DesiredState Desired { get; init; }

    public PolicyMode Mode { get; init; } = PolicyMode.Repair;

    /// <summary>Null: the defaults (the default gateway, and the control plane where configured).</summary>
    public IReadOnlyList<ProbeSpec>? Probes { get; init; }

    /// <summary>Roll back unless confirmed within this time; null: commit at once.</summary>
    public TimeSpan? Confirm { get; init; }

    public IReadOnlyList<string> AllowDisrupt { get; init; } = [];

    /// <summary>What was read and has no effect on this node, for example a nodeSelector in a local file.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
