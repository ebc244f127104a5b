using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Applying;

/// <summary>The outcome of a transaction and why.</summary>
public sealed record ApplyResult
{
    public required ApplyOutcome Outcome { get; init; }

    /// <summary>One sentence for the person on call: what happened, why, what to do.</summary>
    public required string Message { get; init; }

    /// <summary>The transaction's id, null where none was begun.</summary>
    public string? Transaction { get; init; }

    public Plan Plan { get; init; } = Plan.Empty;

    /// <summary>Errors of the documents (Invalid).</summary>
    public IReadOnlyList<SpecError> Errors { get; init; } = [];

    /// <summary>Every cause of a rollback or failure, one a line: kernel refusals, fields that did not read back, probes.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>What made it roll back, or try to.</summary>
    public RollbackReason? RollbackReason { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Not tried: another transaction was under way all the time that one may wait for it.</summary>
    public bool IsBusy { get; init; }
}
