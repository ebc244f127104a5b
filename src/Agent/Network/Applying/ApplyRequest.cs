using NodeAgent.Network.Model;

namespace NodeAgent.Network.Applying;

/// <summary>A document to apply, with what the caller adds to it.</summary>
public sealed record ApplyRequest
{
    public required PolicyDocument Document { get; init; }

    /// <summary>Links whose disruption the caller allows by name, beside the document's own.</summary>
    public IReadOnlySet<string> AllowDisrupt { get; init; } = new HashSet<string>();

    /// <summary>Overrides the document's confirm time.</summary>
    public TimeSpan? Confirm { get; init; }

    /// <summary>Overrides the document's probes; an empty list: none.</summary>
    public IReadOnlyList<ProbeSpec>? Probes { get; init; }

    /// <summary>Is called again and again while the transaction waits to be confirmed, on its thread.</summary>
    public Action? WhileWaiting { get; init; }

    /// <summary>Leaves out what needs a NIC that is not there: for a policy that was in force before, never for a new one.</summary>
    public bool WithoutMissingNics { get; init; }
}
