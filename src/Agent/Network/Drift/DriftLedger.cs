using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Drift;

/// <summary>Which fields are off at present, since when, and how often each was.</summary>
internal sealed class DriftLedger
{
    private const int Kept = 50;

    private readonly Dictionary<(string Policy, string Link, string Field), DriftRecord> _open = [];
    private readonly Dictionary<(string Policy, string Link, string Field), long> _counts = [];
    private readonly Queue<DriftRecord> _recent = [];

    /// <summary>The last <see cref="Kept"/> fields that were off, newest last.</summary>
    public IReadOnlyCollection<DriftRecord> Recent => _recent;

    public IReadOnlyDictionary<(string Policy, string Link, string Field), long> Counts => _counts;

    /// <summary>A plan was carried out: what is off again after it is new drift.</summary>
    public void Repaired(Plan plan)
    {
        var links = plan.Steps.Select(s => s.Link).ToHashSet(StringComparer.Ordinal);
        foreach (var key in _open.Keys.Where(k => links.Contains(k.Link)).ToList()) _open.Remove(key);
    }

    /// <summary>What a plan says is off; only what was not known to be off already is returned and counted.</summary>
    public IReadOnlyList<DriftRecord> Take(Plan plan, DesiredState looked, DateTimeOffset now, Attribution attribution)
    {
        var found = new Dictionary<(string, string, string), DriftRecord>();
        var created = plan.Steps.OfType<CreateLinkStep>().Select(s => s.Link).ToHashSet(StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            // Of a link that is gone it says enough that it is gone.
            if (step is not CreateLinkStep && created.Contains(step.Link)) continue;
            var changes = step is CreateLinkStep ? [new Change("state", "absent", "present")] : step is RemoveLinkStep ? [new Change("state", "present", "absent")] : step.Changes;
            foreach (var change in changes)
            {
                var key = (step.Policy ?? "", step.Link, change.Field);
                found.TryAdd(key, _open.GetValueOrDefault(key) ?? new DriftRecord
                {
                    Policy = step.Policy ?? "",
                    Link = step.Link,
                    Field = change.Field,
                    Wanted = change.To,
                    Found = change.From,
                    Since = now,
                    By = attribution.Of(step.Link),
                });
            }
        }

        var names = looked.Interfaces.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var key in _open.Keys.Where(k => names.Contains(k.Link) && !found.ContainsKey(k)).ToList()) _open.Remove(key);
        var fresh = new List<DriftRecord>();
        foreach (var (key, record) in found)
        {
            if (!_open.TryAdd(key, record)) continue;
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
            fresh.Add(record);
            _recent.Enqueue(record);
            if (_recent.Count > Kept) _recent.Dequeue();
        }

        attribution.Forget();
        return fresh;
    }
}
