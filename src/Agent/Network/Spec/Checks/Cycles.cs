namespace NodeAgent.Network.Spec.Checks;

/// <summary>No link stands on itself by way of base links and ports. What is described is laid over what is there.</summary>
internal static class Cycles
{
    public static void Check(CheckContext context)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var spec in context.Present)
        {
            if (done.Contains(spec.Name) || Find(spec.Name, done, context) is not { } cycle) continue;
            var first = cycle.Select(context.Spec).First(s => s is not null)!;
            context.Error(first.Mark, first, "", $"{string.Join(" -> ", cycle)} -> {cycle[0]}: a link cannot stand on itself");
        }
    }

    /// <summary>Walks down from a link; the links of the first cycle met, or null.</summary>
    private static List<string>? Find(string start, HashSet<string> done, CheckContext context)
    {
        var path = new List<(string Name, IEnumerator<string> Lower)> { (start, Lower(start, context).GetEnumerator()) };
        var open = new HashSet<string>(StringComparer.Ordinal) { start };
        while (path.Count > 0)
        {
            var (name, lower) = path[^1];
            if (!lower.MoveNext())
            {
                open.Remove(name);
                done.Add(name);
                path.RemoveAt(path.Count - 1);
            }
            else if (open.Contains(lower.Current))
            {
                foreach (var (link, _) in path) done.Add(link);
                var from = path.FindIndex(p => p.Name == lower.Current);
                var cycle = path.Skip(from).Select(p => p.Name).ToList();
                // A link that names itself has been said by the rule of its field.
                return cycle.Count > 1 && cycle.Exists(n => context.Spec(n) is not null) ? cycle : null;
            }
            else if (!done.Contains(lower.Current))
            {
                open.Add(lower.Current);
                path.Add((lower.Current, Lower(lower.Current, context).GetEnumerator()));
            }
        }

        return null;
    }

    private static IEnumerable<string> Lower(string name, CheckContext context)
    {
        if (context.BaseOf(name) is { } lower) yield return lower;
        if (context.Spec(name)?.Ports is { } ports)
        {
            foreach (var port in ports) yield return port.Name;
        }
        else
        {
            foreach (var port in context.Observed?.PortsOf(name) ?? [])
            {
                if (context.ControllerOf(port) == name) yield return port;
            }
        }
    }
}
