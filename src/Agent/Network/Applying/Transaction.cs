using NodeAgent.Native.Netlink;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Applying;

/// <summary>
/// One change from plan to commit: observe, plan, journal, apply, read back, probe, keep; anything else than keep is undone.
/// Its caller holds the node's lock.
/// </summary>
internal sealed class Transaction(TransactionTools tools, TransactionRequest request, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
{
    private readonly long _start = tools.Clock.GetTimestamp();
    private Plan _plan = Plan.Empty;
    private TransactionRecord? _record;
    private RollbackReason _reason;

    public ApplyResult Run()
    {
        var ledger = tools.Ledger.Load();
        var observed = tools.Kernel.Observe();
        _plan = Planner.Plan(PlanRequest(observed, ledger));
        if (_plan.Refusals.Count > 0) return End(ApplyOutcome.Refused, _plan.Refusals[0].Message, [.. _plan.Refusals.Select(r => r.Message)]);
        if (!_plan.IsEmpty && tools.Kernel.WhyReadOnly() is { } reason) return End(ApplyOutcome.Failed, $"nothing was changed: {reason}");
        Report(ApplyStage.Plan, _plan.IsEmpty ? "nothing to change" : $"{_plan.Steps.Count} steps");

        var undo = Reverter.Revert(observed, request.Desired, ledger.Items.Union(request.Owned).ToOwnership());
        var probes = request.Probes ?? tools.DefaultProbes() ?? DefaultProbes(observed);
        var passed = _plan.IsEmpty ? [] : ProbeBefore(probes);
        if (!Begin(undo, out var problem)) return End(ApplyOutcome.Failed, problem);

        try
        {
            var causes = _plan.IsEmpty ? [] : ApplyAndProve(ledger, passed);
            if (causes.Count == 0) causes = AwaitConfirm();
            if (causes.Count > 0) return RollBack(observed, causes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NetlinkException)
        {
            _reason = e is NetlinkException ? RollbackReason.Kernel : RollbackReason.Storage;
            return RollBack(observed, [e.Message]);
        }

        return Commit(ledger, observed);
    }

    private PlanRequest PlanRequest(NetworkSnapshot observed, Ledger ledger) => new()
    {
        Desired = request.Desired,
        Observed = observed,
        Ownership = ledger.Items.Union(request.Owned).ToOwnership(),
        ControlPaths = tools.ControlPaths(observed),
        AllowDisrupt = request.AllowDisrupt,
    };

    // Where the change is to give up the default route, which the guard has asked about, there is no gateway to answer after it.
    private IReadOnlyList<ProbeSpec> DefaultProbes(NetworkSnapshot observed)
    {
        var defaults = tools.Probes.Defaults(tools.ControlPlane());
        var staysReachable = PlanSimulator.Apply(observed, _plan.Steps).Routes.Any(r => r.IsDefault && r.Table == RouteSpec.MainTable);
        return staysReachable ? defaults : [.. defaults.Where(p => p.Kind != ProbeKind.Gateway)];
    }

    private List<ProbeSpec> ProbeBefore(IReadOnlyList<ProbeSpec> probes)
    {
        var passed = new List<ProbeSpec>();
        foreach (var outcome in tools.Probes.Run(probes, TransactionTools.ProbeBeforeLimit, cancellation))
        {
            if (outcome.Passed) passed.Add(outcome.Probe);
            Report(ApplyStage.ProbeBefore, outcome.Passed ? outcome.Message : outcome.Message + ": did not pass before the change, not waited for after it");
        }

        return passed;
    }

    private bool Begin(DesiredState undo, out string problem)
    {
        _record = new TransactionRecord
        {
            Id = tools.Journal.NextId(),
            State = TransactionState.Open,
            Kind = request.Kind,
            Started = tools.Clock.GetUtcNow(),
            Boot = tools.Boot,
            Policy = request.Policy,
            PolicyText = request.PolicyText,
            FormerText = request.FormerText,
            Undo = DocumentWriter.ToYaml(undo),
            Added = LedgerItems.AddedBy(_plan),
        };
        problem = "";
        try
        {
            tools.Journal.Write(_record);
            Report(ApplyStage.Journal, "transaction " + _record.Id);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"the journal cannot be written, so nothing was changed: {e.Message}; free space in or make writable the state folder {tools.StateFolder}";
            return false;
        }
    }

    private List<string> ApplyAndProve(Ledger ledger, List<ProbeSpec> probes)
    {
        var failures = tools.Kernel.Execute(_plan.Steps, done => progress?.Report(new ApplyEvent(ApplyStage.Apply, "applying", done, _plan.Steps.Count)));
        if (failures.Count > 0) return Because(RollbackReason.Kernel, failures.Select(f => f.Message));
        var missing = Verification.Check(tools.Kernel.Observe(), request.Desired, ledger.Items.Union(request.Owned).Union(LedgerItems.AddedBy(_plan)));
        if (missing.Count > 0) return Because(RollbackReason.Verification, missing);
        Report(ApplyStage.Verify, "read back: as asked for");
        if (cancellation.IsCancellationRequested) return Interrupted();

        var causes = new List<string>();
        foreach (var outcome in tools.Probes.Run(probes, null, cancellation))
        {
            if (!outcome.Passed) causes.Add($"probe {outcome.Message} (it passed before the change)");
            Report(ApplyStage.Probe, outcome.Message);
        }

        return cancellation.IsCancellationRequested ? Interrupted() : Because(RollbackReason.Probe, causes);
    }

    private List<string> AwaitConfirm()
    {
        if (request.Confirm is not { } window || _plan.IsEmpty) return cancellation.IsCancellationRequested ? Interrupted() : [];
        var until = tools.Clock.GetUtcNow() + window;
        _record = _record! with { ConfirmUntil = until };
        tools.Journal.Write(_record);
        Report(ApplyStage.Confirm, $"applied; rolls back in {window.TotalSeconds:0.#} s unless `nodeagent net confirm {_record.Id}` comes");
        try
        {
            while (tools.Clock.GetUtcNow() < until)
            {
                switch (tools.Journal.ReadSignal(_record.Id))
                {
                    case Journal.ConfirmWord: return [];
                    case Journal.RollBackWord: return Because(RollbackReason.Asked, ["`net rollback` asked for it"]);
                }

                request.WhileWaiting?.Invoke();
                if (cancellation.WaitHandle.WaitOne(TransactionTools.ConfirmPoll)) return Because(RollbackReason.Interrupted, ["it was interrupted before it was confirmed"]);
            }

            return Because(RollbackReason.NotConfirmed, [$"it was not confirmed within {window.TotalSeconds:0.#} s"]);
        }
        finally
        {
            tools.Journal.ClearSignal(_record.Id);
        }
    }

    private ApplyResult Commit(Ledger ledger, NetworkSnapshot before)
    {
        var after = request.File(ledger with { Items = ledger.Items.After(_plan) }, before);
        _record = _record! with { State = TransactionState.Committed, LedgerAfter = after.ToJson(), ConfirmUntil = null, Outcome = "committed" };
        try
        {
            tools.Journal.Write(_record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _reason = RollbackReason.Storage;
            return RollBack(null, [$"the commit cannot be written to the journal: {e.Message}"]);
        }

        Report(ApplyStage.Commit, "committed");
        var message = _plan.IsEmpty ? "the node was already as asked for" : $"{_plan.Steps.Count} steps applied, read back and kept";
        try
        {
            tools.Finish(_record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            message += $"; filing it is left to the next start: {e.Message}";
        }

        return End(_plan.IsEmpty ? ApplyOutcome.NothingToDo : ApplyOutcome.Committed, message);
    }

    private ApplyResult RollBack(NetworkSnapshot? before, List<string> causes)
    {
        Report(ApplyStage.RollBack, causes[0]);
        var left = tools.Undo(_record!, before, causes[0]);
        if (left.Count == 0) return End(ApplyOutcome.RolledBack, $"rolled back, the node is as before: {causes[0]}", causes);
        return End(
            ApplyOutcome.Failed,
            $"{causes[0]}; and the rollback is not complete: {left[0]}. Look at `nodeagent net show`, repair that by hand, then run `nodeagent net rollback {_record!.Id}`",
            [.. causes, .. left]);
    }

    private ApplyResult End(ApplyOutcome outcome, string message, IReadOnlyList<string>? causes = null) => new()
    {
        Outcome = outcome,
        Message = message,
        Transaction = _record?.Id,
        Plan = _plan,
        Causes = causes ?? [],
        RollbackReason = causes is not null && outcome != ApplyOutcome.Refused ? _reason : null,
        Duration = tools.Clock.GetElapsedTime(_start),
    };

    private List<string> Interrupted() => Because(RollbackReason.Interrupted, ["it was interrupted"]);

    private List<string> Because(RollbackReason reason, IEnumerable<string> causes)
    {
        _reason = reason;
        return [.. causes];
    }

    private void Report(ApplyStage stage, string text) => progress?.Report(new ApplyEvent(stage, text, 0, _plan.Steps.Count));
}
