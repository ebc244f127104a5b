using NodeAgent.Network.Model;

namespace NodeAgent.Network.Applying;

/// <summary>
/// The part of the merged desired state that one document concerns: the interfaces it names, what other policies put on them,
/// what they need of other policies, and its routes. Drift elsewhere is the daemon's, not this change's.
/// </summary>
public static class PlanScope
{
    public static DesiredState Of(DesiredState merged, DesiredState document)
    {
        var names = document.Interfaces.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var spec in merged.Interfaces)
            {
                if (!names.Contains(spec.Name) && Touches(spec, names)) grown |= names.Add(spec.Name);
                if (!names.Contains(spec.Name) || spec.IsAbsent) continue;
                if (spec.BaseLink is { } lower) grown |= names.Add(lower);
                foreach (var port in spec.Ports ?? []) grown |= names.Add(port.Name);
            }
        }

        var asked = document.Routes.Select(r => (r.Destination, r.NextHopInterface, r.NextHopAddress)).ToHashSet();
        return new DesiredState
        {
            Interfaces = [.. merged.Interfaces.Where(i => names.Contains(i.Name))],
            Routes =
            [
                .. merged.Routes.Where(r => asked.Contains((r.Destination, r.NextHopInterface, r.NextHopAddress))
                    || (r.NextHopInterface is { } link && names.Contains(link))),
            ],
        };
    }

    private static bool Touches(InterfaceSpec spec, HashSet<string> names) =>
        (spec.BaseLink is { } lower && names.Contains(lower)) || (spec.Ports?.Any(p => names.Contains(p.Name)) ?? false);
}
