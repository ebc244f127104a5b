using NodeAgent.Network;
using NodeAgent.Network.Applying;

namespace NodeAgent.Api.Network;

/// <summary>A change that somebody asks for.</summary>
/// <param name="Kind">"apply", "delete" or "rollback", as observers are told.</param>
/// <param name="Policy">The policy it is about; empty where that is not known beforehand.</param>
/// <param name="RequestId">The caller's name for it; empty: none.</param>
/// <param name="Callers">The ways back to the caller.</param>
/// <param name="Work">What the engine is to do.</param>
internal sealed record Change(
    string Kind,
    string Policy,
    string RequestId,
    IReadOnlyList<CallerPath> Callers,
    Func<INetworkEngine, IProgress<ApplyEvent>, CancellationToken, ApplyResult> Work)
{
    /// <summary>It ends the transaction that waits to be confirmed, and so must not wait for it.</summary>
    public bool IsAnswer { get; init; }
}
