using Microsoft.Extensions.Logging;
using NodeAgent.Files;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Drift;

/// <summary>Reads the policies from disk, applies those that are new or changed, each as a transaction, and keeps the rest's desired state.</summary>
internal sealed class PolicyLoader(NetworkEngine engine, PolicyBoard board, PolicyApplier applier, ILogger log)
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _applied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicyCondition> _refused = new(StringComparer.Ordinal);
    private string _stamp = "";

    /// <summary>What the policies in force ask for.</summary>
    public DesiredIndex Index { get; private set; } = new(DesiredState.Empty);

    /// <summary>How many policies were found.</summary>
    public int Count => _known.Count;

    /// <summary>What the agent made, as of the last <see cref="Load"/>.</summary>
    public Ownership Owned { get; private set; } = Ownership.None;

    /// <summary>Names of the policies whose drift is reported and not repaired.</summary>
    public IReadOnlySet<string> Observed { get; private set; } = new HashSet<string>();

    /// <summary>True where files changed on disk since the last <see cref="Load"/>: asked when another process may just have committed.</summary>
    public bool IsStale() => Stamp(Time(engine.Options.Paths.PoliciesFolder)) != _stamp;

    public PolicyLoadResult Load(CancellationToken cancellation)
    {
        // Of the administrator's folder as it is before it is read: what comes into it from now on is news.
        var given = Time(engine.Options.Paths.PoliciesFolder);
        var stamp = Stamp(given);
        using (var held = NodeLock.TryTake(engine.Options.Paths.State, TimeSpan.Zero, engine.Options.Clock))
        {
            if (held is null) return new PolicyLoadResult(false, true, [], new Dictionary<string, PolicyCondition>());
            foreach (var line in engine.Recover(null)) log.Recovered(line);
        }

        var documents = engine.Tools.Policies.Load(out var broken);
        foreach (var error in broken) log.BrokenPolicy(error.ToString());
        var ledger = engine.Tools.Ledger.Load();
        var applied = new List<string>();
        foreach (var document in documents)
        {
            var digest = PolicySet.Digest(document);
            if (IsAppliedAgain(document.Name, ledger)) applied.Add(document.Name);
            var isNew = ledger.Policies.GetValueOrDefault(document.Name)?.Digest != digest;
            if (_known.GetValueOrDefault(document.Name) == digest && !Retry(document.Name, stamp)) continue;
            _known[document.Name] = digest;
            Bring(document, isNew, applied, cancellation);
        }

        foreach (var gone in _known.Keys.Except(documents.Select(d => d.Name)).ToList())
        {
            if (engine.Tools.Ledger.Load().Policies.ContainsKey(gone)) log.PolicyGone(gone);
            _known.Remove(gone);
            _refused.Remove(gone);
        }

        _stamp = Stamp(given);
        ledger = engine.Tools.Ledger.Load();
        foreach (var (name, entry) in ledger.Policies) _applied[name] = entry.Applied;
        Owned = ledger.Items.ToOwnership();
        board.Load(documents, broken, ledger);
        var conditions = new Dictionary<string, PolicyCondition>(_refused, StringComparer.Ordinal);
        return new PolicyLoadResult(Rebuild(documents, conditions), false, applied, conditions);
    }

    // By `net apply`, beside the daemon: also the same text once more means that it is to be held again.
    private bool IsAppliedAgain(string policy, Ledger ledger) =>
        _applied.TryGetValue(policy, out var known) && ledger.Policies.TryGetValue(policy, out var entry) && entry.Applied != known;

    // A policy that was not taken is tried again when any file changed: a conflict may be gone.
    private bool Retry(string policy, string stamp) => stamp != _stamp && _refused.ContainsKey(policy);

    private void Bring(PolicyDocument document, bool isNew, List<string> applied, CancellationToken cancellation)
    {
        _refused.Remove(document.Name);
        if (document.Mode == PolicyMode.Observe) return;
        if (!isNew && engine.Plan(document, new HashSet<string>()) is { Errors.Count: 0, Plan.IsEmpty: true }) return;
        // Nobody sits there to confirm a policy that was confirmed once and comes back after a restart.
        var request = new ApplyRequest { Document = isNew ? document : document with { Confirm = null }, WithoutMissingNics = !isNew };
        var result = applier.Apply(request, cancellation);
        if (result.Outcome is ApplyOutcome.Committed or ApplyOutcome.NothingToDo)
        {
            applied.Add(document.Name);
            log.PolicyApplied(document.Name, result.Message);
            return;
        }

        var state = result.Outcome switch
        {
            ApplyOutcome.Refused => "refused",
            ApplyOutcome.Invalid => "conflict",
            _ => "not applied",
        };
        _refused[document.Name] = new PolicyCondition(state, result.Message);
        log.PolicyNotApplied(document.Name, result.Message);
    }

    private bool Rebuild(IReadOnlyList<PolicyDocument> documents, Dictionary<string, PolicyCondition> conditions)
    {
        var inForce = documents.Where(d => !_refused.ContainsKey(d.Name)).ToList();
        var (desired, errors) = PolicyMerge.Merge(inForce, engine.Observe());
        if (errors.Count > 0)
        {
            log.Conflict(errors[0].ToString());
            foreach (var document in inForce) conditions.TryAdd(document.Name, new PolicyCondition("conflict", errors[0].ToString()));
            return false;
        }

        Observed = inForce.Where(d => d.Mode == PolicyMode.Observe).Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        Index = new DesiredIndex(desired);
        return true;
    }

    private string Stamp(long given)
    {
        var state = engine.Options.Paths.State;
        return $"{given} {Time(Path.Combine(state, "policies"))} {Time(Path.Combine(state, "ledger.json"))}";
    }

    private static long Time(string path)
    {
        var info = new DirectoryInfo(path);
        if (!info.Exists) return File.Exists(path) ? File.GetLastWriteTimeUtc(path).Ticks : 0;
        return info.EnumerateFiles().Aggregate(info.LastWriteTimeUtc.Ticks, (sum, file) => sum ^ (file.LastWriteTimeUtc.Ticks * 31) ^ file.Length);
    }
}
