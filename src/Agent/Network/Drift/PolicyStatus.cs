using NodeAgent.Network.Model;

namespace NodeAgent.Network.Drift;

/// <summary>A policy in force and how it stands.</summary>
public sealed record PolicyStatus
{
    public required string Name { get; init; }

    public required string File { get; init; }

    /// <summary>The links it describes, in the order of the document.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    public PolicyMode Mode { get; init; }

    /// <summary>When it was last committed; null: not yet applied.</summary>
    public DateTimeOffset? Applied { get; init; }

    /// <summary>Counts the texts of it that were committed; 0: none yet.</summary>
    public long Generation { get; init; }

    /// <summary>"in force", "drifted", "degraded", "not applied", "refused", "conflict", "tug of war", with its sentence in <see cref="Message"/>.</summary>
    public required string State { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Repairs since the running daemon's start, as far as that daemon was asked; else 0.</summary>
    public long Repairs { get; init; }

    /// <summary>Drift the running daemon saw last, newest last; empty where no daemon runs.</summary>
    public IReadOnlyList<DriftRecord> Drift { get; init; } = [];
}
