using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Merging;

namespace NodeAgent.Network.Spec;

/// <summary>
/// Lays several policies into one desired state, field by field. Policies may speak of one interface as long as they agree: ports of a
/// bridge and addresses of a link are joined, everything else that both name must be the same. Every disagreement is an error that
/// names both places.
/// </summary>
public static class PolicyMerge
{
    /// <param name="documents">The policies, in the order of their precedence for attribution (the first to name an interface owns it).</param>
    /// <param name="observed">Where given, links matched by MAC get the kernel's names first, so that two names of one link meet.</param>
    public static MergeResult Merge(IReadOnlyList<PolicyDocument> documents, NetworkSnapshot? observed = null)
    {
        var errors = new List<SpecError>();
        Names(documents, errors);
        var states = documents.Select(d => observed is null ? d.Desired : LinkMatch.Resolve(d.Desired, observed, errors)).ToList();
        if (states.Count == 1) return new MergeResult(states[0], errors);
        var conflicts = new Conflicts(errors);
        var interfaces = new List<InterfaceSpec>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var spec in states.SelectMany(s => s.Interfaces))
        {
            if (places.TryAdd(spec.Name, interfaces.Count)) interfaces.Add(spec);
            else interfaces[places[spec.Name]] = InterfaceMerge.Merge(interfaces[places[spec.Name]], spec, conflicts);
        }

        var routes = RouteMerge.Merge(states, conflicts);
        errors.Sort(SpecError.InOrder);
        return new MergeResult(new DesiredState { Interfaces = interfaces, Routes = routes }, errors);
    }

    private static void Names(IReadOnlyList<PolicyDocument> documents, List<SpecError> errors)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            if (files.TryAdd(document.Name, document.File)) continue;
            errors.Add(new SpecError(new SourceMark(document.File, 1, 1), "metadata.name", $"the policy {document.Name} is in {files[document.Name]} too; give the two different names"));
        }
    }
}
