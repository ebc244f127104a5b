using Microsoft.Extensions.Logging;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Drift;

/// <summary>Compares what changed with what is asked for, repairs it, counts it and says who it was. The caller holds the node's lock.</summary>
internal sealed class Reconciler
{
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lastRetry = TimeSpan.FromMinutes(1);

    /// <summary>Look again at once.</summary>
    public static readonly TimeSpan? Again = TimeSpan.FromTicks(-2);

    private readonly NetworkEngine _engine;
    private volatile DriftOptions _options;
    private readonly ILogger _log;
    private readonly PolicyBoard _board;
    private readonly TugOfWar _tugs = new();
    private readonly Attribution _attribution;
    private readonly DriftLedger _drift = new();
    private readonly Dictionary<string, string> _suspended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicyCondition> _fileConditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicyCondition> _driftConditions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _missing = new(StringComparer.Ordinal);
    private TimeSpan _retry = s_firstRetry;
    private DateTimeOffset? _retryAt;
    private long _heard;
    private string _lastRefusal = "";

    public Reconciler(NetworkEngine engine, DriftOptions options, PolicyBoard board, ILogger log)
    {
        _engine = engine;
        _options = options;
        _board = board;
        _log = log;
        _attribution = new Attribution(engine.Options.Paths, engine.Kernel.Connection.PortId);
    }

    public DriftOptions Options
    {
        get => _options;
        set => _options = value;
    }

    public long Repairs { get; private set; }

    /// <summary>Drift seen since the start.</summary>
    public IReadOnlyDictionary<(string Policy, string Link, string Field), long> Counts => _drift.Counts;

    /// <summary>Events came in; the clock of the repair's latency starts.</summary>
    public void Heard(IReadOnlyDictionary<string, uint> senders)
    {
        if (_heard == 0) _heard = _engine.Options.Clock.GetTimestamp();
        _attribution.Heard(senders);
    }

    /// <summary>True where a failed repair is due for another try.</summary>
    public bool RetryDue() => _retryAt is { } at && _engine.Options.Clock.GetUtcNow() >= at;

    /// <summary>Starts afresh with a policy (null: all) whose repairs had been stopped.</summary>
    public void Forgive(string? policy)
    {
        _tugs.Reset();
        foreach (var link in _suspended.Where(s => policy is null || s.Value == policy).Select(s => s.Key).ToList()) _suspended.Remove(link);
        foreach (var name in _driftConditions.Keys.Where(k => policy is null || k == policy).ToList()) _driftConditions.Remove(name);
        _lastRefusal = "";
    }

    /// <summary>Policies that are not in force, as the loader found them.</summary>
    public void SetConditions(IReadOnlyDictionary<string, PolicyCondition> conditions)
    {
        _fileConditions.Clear();
        foreach (var (name, condition) in conditions) _fileConditions[name] = condition;
        Publish();
    }

    /// <summary>
    /// Looks at what depends on these links (null: everything). Returns when to try again what failed, or null;
    /// <see cref="Again"/> where it failed, perhaps on events still to come, and <paramref name="isLast"/> is false.
    /// </summary>
    public TimeSpan? Reconcile(NetworkSnapshot snapshot, PolicyLoader policies, IReadOnlyCollection<string>? links, bool routes, bool isLast)
    {
        var since = _heard == 0 ? _engine.Options.Clock.GetTimestamp() : _heard;
        _heard = 0;
        if (RetryDue() && links is not null) links = [.. links, .. _failed];
        var desired = policies.Index.Affected(links, routes, spec => !_suspended.ContainsKey(spec.Name));
        if (desired.Interfaces.Count == 0 && desired.Routes.Count == 0) return Rest();

        Observe(snapshot, policies, desired);
        desired = WithoutMissing(Only(desired, policy => !policies.Observed.Contains(policy)), snapshot);
        var plan = Planner.Plan(new PlanRequest
        {
            Desired = desired,
            Observed = snapshot,
            Ownership = policies.Owned,
            ControlPaths = _engine.Tools.ControlPaths(snapshot),
        });
        var records = _drift.Take(plan, desired, _engine.Options.Clock.GetUtcNow(), _attribution);
        foreach (var record in records) Log(record);
        if (plan.Refusals is [var refusal, ..]) return Refuse(plan, refusal);
        if (plan.IsEmpty)
        {
            Settled(desired);
            return Rest();
        }

        return Repair(plan, desired, records, since, isLast);
    }

    // A dead NIC costs its own part only; its policy says so until it is back.
    private DesiredState WithoutMissing(DesiredState desired, NetworkSnapshot snapshot)
    {
        foreach (var back in _missing.Keys.Where(n => snapshot.Find(n) is not null).ToList()) _missing.Remove(back);
        var rest = MissingNics.Without(desired, snapshot, out var missing);
        foreach (var name in missing)
        {
            var policy = desired.Interfaces.First(s => s.Name == name || (s.Ports?.Any(p => p.Name == name) ?? false)).Policy ?? "";
            if (!_missing.TryAdd(name, policy)) continue;
            _log.NicMissing(name, policy);
            Degrade(policy);
            Publish();
        }

        return rest;
    }

    private void Degrade(string policy)
    {
        var names = string.Join(", ", _missing.Where(m => m.Value == policy).Select(m => m.Key).Order(StringComparer.Ordinal));
        _driftConditions[policy] = new PolicyCondition("degraded", $"{names} is not there: the rest is in force, and it is taken back when it returns. Check the NIC, its cable and its driver");
    }

    // All that was looked at is as it should be.
    private void Settled(DesiredState looked)
    {
        var cleared = false;
        foreach (var spec in looked.Interfaces)
        {
            _failed.Remove(spec.Name);
            if (spec.Policy is not { } policy || _suspended.ContainsValue(policy)) continue;
            if (_missing.ContainsValue(policy)) Degrade(policy);
            else cleared |= _driftConditions.Remove(policy);
        }

        if (_failed.Count == 0) (_retry, _retryAt) = (s_firstRetry, null);
        if (cleared) Publish();
    }

    private TimeSpan? Repair(Plan plan, DesiredState desired, IReadOnlyList<DriftRecord> records, long since, bool isLast)
    {
        var failures = _engine.Kernel.Execute(plan.Steps, null);
        if (failures.Count > 0)
        {
            if (isLast) return Fail(plan, failures);
            _heard = since;
            return Again;
        }

        Repairs++;
        var latency = _engine.Options.Clock.GetElapsedTime(since);
        _log.Repaired(string.Join(", ", plan.Steps.Select(s => s.Link).Distinct()), latency.TotalMilliseconds, plan.Steps.Count);
        _board.Repaired([.. plan.Steps.Select(s => s.Policy).OfType<string>().Distinct()], latency, plan.Steps.Count);
        _drift.Repaired(plan);
        foreach (var record in records) CountForTugOfWar(record);
        Settled(desired);
        Publish();
        return Rest();
    }

    private TimeSpan? Fail(Plan plan, IReadOnlyList<StepFailure> failures)
    {
        foreach (var failure in failures)
        {
            var step = plan.Steps[failure.Step];
            _failed.Add(step.Link);
            if (step.Policy is { } policy)
            {
                _driftConditions[policy] = new PolicyCondition("repair failed", failure.Message);
                _board.RepairFailed(policy);
            }

            _log.RepairFailed(step.Link, failure.Message, _retry.TotalSeconds);
        }

        var wait = _retry;
        _retryAt = _engine.Options.Clock.GetUtcNow() + wait;
        _retry = _retry * 2 > s_lastRetry ? s_lastRetry : _retry * 2;
        Publish();
        return wait;
    }

    private TimeSpan? Refuse(Plan plan, Refusal refusal)
    {
        foreach (var policy in plan.Steps.Select(s => s.Policy).OfType<string>().Distinct()) _driftConditions[policy] = new PolicyCondition("refused", refusal.Message);
        if (_lastRefusal != refusal.Message) _log.RepairRefused(refusal.Message);
        _lastRefusal = refusal.Message;
        Publish();
        return Rest();
    }

    private void Observe(NetworkSnapshot snapshot, PolicyLoader policies, DesiredState desired)
    {
        var watched = Only(desired, policies.Observed.Contains);
        if (watched.Interfaces.Count == 0 && watched.Routes.Count == 0) return;
        var plan = Planner.Plan(new PlanRequest { Desired = watched, Observed = snapshot, Ownership = policies.Owned });
        foreach (var record in _drift.Take(plan, watched, _engine.Options.Clock.GetUtcNow(), _attribution))
        {
            Log(record);
            _driftConditions[record.Policy] = new PolicyCondition("drifted", $"{record.Link}: {record.Field} is {record.Found ?? "none"}, should be {record.Wanted ?? "none"} (observed only)");
        }

        if (plan.IsEmpty)
        {
            foreach (var policy in watched.Interfaces.Select(i => i.Policy).OfType<string>().Distinct()) _driftConditions.Remove(policy);
        }

        Publish();
    }

    private void CountForTugOfWar(DriftRecord record)
    {
        var now = _engine.Options.Clock.GetUtcNow();
        if (!_tugs.Count($"{record.Policy} {record.Link} {record.Field}", now, _options) || !_suspended.TryAdd(record.Link, record.Policy)) return;
        var by = record.By is null ? "" : $" by {record.By}";
        _log.TugOfWar(record.Link, record.Field, _options.TugOfWarRepairs, _options.TugOfWarWindow.TotalSeconds, by, record.Policy);
        _driftConditions[record.Policy] = new PolicyCondition(
            "tug of war",
            $"{record.Link}: {record.Field} is changed again after each repair{by}: repairing stopped. Find who changes it, then apply policy {record.Policy} again");
    }

    private TimeSpan? Rest() => _retryAt is { } at && _failed.Count > 0 ? Later(at - _engine.Options.Clock.GetUtcNow()) : null;

    private static TimeSpan Later(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private void Log(DriftRecord record)
    {
        _board.Drifted(record);
        _log.Drifted(record.Link, record.Field, record.Found ?? "none", record.Policy, record.Wanted ?? "none", record.By is null ? "" : $" (changed by {record.By})");
    }

    private void Publish()
    {
        var conditions = new Dictionary<string, PolicyCondition>(_driftConditions);
        foreach (var (name, condition) in _fileConditions) conditions[name] = condition;
        _board.Publish(new DaemonStatus { Pid = Environment.ProcessId, Repairs = Repairs, Conditions = conditions, Recent = [.. _drift.Recent] });
    }

    private static DesiredState Only(DesiredState desired, Predicate<string> policy) => new()
    {
        Interfaces = [.. desired.Interfaces.Where(i => policy(i.Policy ?? ""))],
        Routes = [.. desired.Routes.Where(r => policy(r.Policy ?? ""))],
    };
}
