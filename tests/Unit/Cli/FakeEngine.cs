using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>An engine that answers what a test gave it and remembers what it was asked.</summary>
internal sealed class FakeEngine : INetworkEngine
{
    public NetworkSnapshot Snapshot { get; init; } = new();

    public IReadOnlyList<PolicyStatus> PolicyList { get; init; } = [];

    public WaitingTransaction? WaitingOne { get; init; }

    public PlanResult PlanResult { get; init; } = new();

    /// <summary>Instead of <see cref="ApplyResult"/>, for a test that wants a say in when it ends.</summary>
    public Func<IProgress<ApplyEvent>?, CancellationToken, ApplyResult>? OnApply { get; init; }

    /// <summary>The ways back to callers that it was told of.</summary>
    public List<CallerPath> Callers { get; } = [];

    public ApplyResult ApplyResult { get; init; } = new() { Outcome = ApplyOutcome.Committed, Message = "committed" };

    public TransactionReply Reply { get; init; } = new(true, "confirmed");

    public IReadOnlyList<ApplyEvent> Events { get; init; } = [];

    public IReadOnlyList<NetworkChange> Changes { get; init; } = [];

    public List<string> Calls { get; } = [];

    public List<ApplyRequest> Requests { get; } = [];

    public NetworkSnapshot Observe() => Snapshot;

    public IReadOnlyList<ControlPath> ControlPaths() => [];

    public PlanResult Plan(PolicyDocument document, IReadOnlySet<string> allowDisrupt)
    {
        Calls.Add($"plan {document.Name} allow {string.Join(",", allowDisrupt)}");
        return PlanResult;
    }

    public ApplyResult Apply(ApplyRequest request, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
    {
        Calls.Add($"apply {request.Document.Name}");
        Requests.Add(request);
        foreach (var one in Events) progress?.Report(one);
        return OnApply is { } act ? act(progress, cancellation) : ApplyResult;
    }

    public INetworkEngine ForCaller(IReadOnlyList<CallerPath> callers)
    {
        Callers.AddRange(callers);
        return this;
    }

    public TransactionReply Confirm(string? transaction)
    {
        Calls.Add($"confirm {transaction}");
        return Reply;
    }

    public ApplyResult Rollback(string? transaction, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
    {
        Calls.Add($"rollback {transaction}");
        return ApplyResult;
    }

    public ApplyResult Delete(string policy, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
    {
        Calls.Add($"delete {policy} allow {string.Join(",", allowDisrupt)}");
        return ApplyResult;
    }

    public IReadOnlyList<PolicyStatus> Policies() => PolicyList;

    public WaitingTransaction? Waiting() => WaitingOne;

    public IReadOnlyList<string> FreeMacs(int count, byte? prefix)
    {
        Calls.Add($"mac {count} {prefix?.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)}");
        return [.. Enumerable.Range(1, count).Select(i => $"{prefix ?? 2:x2}:00:00:00:00:{i:x2}")];
    }

    public void Watch(Action<NetworkChange> onChange, CancellationToken cancellation)
    {
        foreach (var change in Changes) onChange(change);
    }
}
