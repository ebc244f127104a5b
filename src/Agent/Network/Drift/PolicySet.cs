using System.Security.Cryptography;
using System.Text;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Drift;

/// <summary>The policies in force as one desired state, and how one enters and leaves it.</summary>
internal sealed class PolicySet(PolicyStore store, LedgerStore ledger)
{
    /// <summary>The part of the desired state that a document concerns, once it has taken the place of the policy of its name.</summary>
    public (DesiredState Desired, IReadOnlyList<SpecError> Errors) MergeWith(PolicyDocument document, NetworkSnapshot observed, bool withoutMissingNics = false)
    {
        var (merged, errors) = PolicyMerge.Merge([.. InForceBeside(document.Name), document], observed);
        if (errors.Count > 0) return (merged, errors);
        var desired = PlanScope.Of(merged, LinkMatch.Resolve(document.Desired, observed, []));
        if (withoutMissingNics) desired = MissingNics.Without(desired, observed, out _);
        return (desired, SemanticCheck.Check(desired, observed));
    }

    /// <summary>What the node should be once a policy is gone: what it changed put back, as far as no other policy asks for it. Null with a reason where that cannot be said.</summary>
    public (DesiredState? Desired, string Problem) Without(string policy)
    {
        if (!ledger.Load().Policies.TryGetValue(policy, out var entry))
        {
            var known = string.Join(", ", ledger.Load().Policies.Keys.Order(StringComparer.Ordinal));
            return (null, $"no policy named {policy} was applied on this node{(known.Length == 0 ? "" : $" (there are: {known})")}");
        }

        if (DocumentReader.ReadStored("ledger: " + policy, entry.Undo).Document is not { } undo) return (null, $"the ledger's entry for {policy} cannot be understood");
        var (rest, errors) = PolicyMerge.Merge([.. InForceBeside(policy)]);
        if (errors.Count > 0) return (null, errors[0].ToString());
        return (SpecOverlay.Over(undo.Desired, PlanScope.Of(rest, undo.Desired)), "");
    }

    /// <summary>The ledger with a policy entered; the document that undoes it keeps what the first apply found.</summary>
    public static Ledger Enter(Ledger ledger, PolicyDocument document, NetworkSnapshot before, DateTimeOffset now)
    {
        var undo = Reverter.Revert(before, LinkMatch.Resolve(document.Desired, before, []), ledger.Items.ToOwnership());
        var former = ledger.Policies.GetValueOrDefault(document.Name);
        if (former is not null && DocumentReader.ReadStored("ledger: " + document.Name, former.Undo).Document is { } first) undo = SpecOverlay.Over(undo, first.Desired);
        var generation = former is null ? 1 : former.Digest == Digest(document) ? former.Generation : former.Generation + 1;
        return ledger.With(document.Name, new PolicyEntry(now, generation, Digest(document), DocumentWriter.ToYaml(undo)));
    }

    /// <summary>What tells one text of a policy from another.</summary>
    public static string Digest(PolicyDocument document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.Text)));

    /// <summary>How each policy stands against what is.</summary>
    public IReadOnlyList<PolicyStatus> Status(NetworkSnapshot observed, DaemonStatus? daemon)
    {
        var known = ledger.Load();
        var owned = known.Items.ToOwnership();
        var statuses = new List<PolicyStatus>();
        var documents = store.Load(out var broken);
        foreach (var document in documents)
        {
            var status = PolicyStatuses.Of(document, known.Policies.GetValueOrDefault(document.Name));
            if (status.State == PolicyStatuses.InForce) status = Stand(status, document, observed, owned);
            if (daemon is not null) status = PolicyStatuses.With(status, daemon);
            statuses.Add(status);
        }

        statuses.AddRange(PolicyStatuses.Invalid(broken));
        return statuses;
    }

    // A file that was not taken, or not yet, asks for nothing: its faults are its own.
    private IEnumerable<PolicyDocument> InForceBeside(string policy)
    {
        var committed = ledger.Load().Policies;
        return store.Load(out _).Where(d => d.Name != policy && (d.Mode == PolicyMode.Observe || committed.GetValueOrDefault(d.Name)?.Digest == Digest(d)));
    }

    private static PolicyStatus Stand(PolicyStatus status, PolicyDocument document, NetworkSnapshot observed, Ownership owned)
    {
        var plan = Planner.Plan(new PlanRequest { Desired = document.Desired, Observed = observed, Ownership = owned });
        if (plan.Refusals is [var refusal, ..]) return status with { State = "degraded", Message = refusal.Message };
        if (plan.IsEmpty) return status;
        var step = plan.Steps[0];
        var more = plan.Steps.Count > 1 ? $" and {plan.Steps.Count - 1} more" : "";
        var what = step.Changes is [var change, ..] ? $"{step.Link}: {change.Field} is {change.From ?? "none"}, should be {change.To ?? "none"}" : $"{step.Link}: {step.Reason}";
        return status with { State = "drifted", Message = what + more };
    }
}
