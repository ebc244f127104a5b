using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Merging;

/// <summary>Joins two lists of ports: those of a bridge add up, a bond's must be the same (its ports share one switch).</summary>
internal static class PortsMerge
{
    public static IReadOnlyList<PortSpec>? Merge(InterfaceSpec first, InterfaceSpec second, string path, Conflicts conflicts)
    {
        if (first.Ports is not { } mine || second.Ports is not { } other) return first.Ports ?? second.Ports;
        if ((first.Type ?? second.Type) != InterfaceType.LinuxBridge)
        {
            if (!mine.Select(p => p.Name).ToHashSet(StringComparer.Ordinal).SetEquals(other.Select(p => p.Name)))
            {
                conflicts.Add(path + ".link-aggregation.port", first.PortsMark, first.Policy, Names(mine), second.PortsMark, second.Policy, Names(other));
            }

            return mine;
        }

        var joined = new List<PortSpec>(mine);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < mine.Count; i++) places[mine[i].Name] = i;
        foreach (var port in other)
        {
            if (!places.TryGetValue(port.Name, out var at)) joined.Add(port);
            else joined[at] = Port(mine[at], port, first, second, $"{path}.bridge.port[{port.Name}]", conflicts);
        }

        return joined;
    }

    private static PortSpec Port(PortSpec a, PortSpec b, InterfaceSpec first, InterfaceSpec second, string path, Conflicts conflicts)
    {
        if (a.Vlans is { } mine && b.Vlans is { } other && !mine.Equals(other))
        {
            conflicts.Add(path + ".vlan", a.VlanMark, first.Policy, mine.ToString(), b.VlanMark, second.Policy, other.ToString());
        }

        return a with
        {
            Vlans = a.Vlans ?? b.Vlans,
            VlanMark = a.Vlans is null ? b.VlanMark : a.VlanMark,
            Options = FieldsMerge.Merge(a.Options, b.Options, path, first.Policy, second.Policy, conflicts),
        };
    }

    private static string Names(IReadOnlyList<PortSpec> ports) => $"[{string.Join(", ", ports.Select(p => p.Name))}]";
}
