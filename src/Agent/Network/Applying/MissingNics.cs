using NodeAgent.Network.Model;

namespace NodeAgent.Network.Applying;

/// <summary>
/// Takes out of a desired state what needs a physical link that is not there. A policy that is in force must not fall with one
/// dead NIC: the bond comes up with the ports it has. A document applied for the first time is refused instead.
/// </summary>
public static class MissingNics
{
    /// <summary>The rest of the desired state; <paramref name="missing"/> are the names of the links that are not there.</summary>
    public static DesiredState Without(DesiredState desired, NetworkSnapshot observed, out IReadOnlyList<string> missing)
    {
        var gone = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var spec in desired.Interfaces)
        {
            if (spec.Type == InterfaceType.Ethernet && !spec.IsAbsent && !IsThere(spec.Name)) gone.Add(spec.Name);
        }

        var made = desired.Interfaces.Where(s => !gone.Contains(s.Name)).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var peer in desired.Interfaces.Select(s => s.Fields.Text(Schema.VethFields.Peer)).OfType<string>()) made.Add(peer);
        var interfaces = new List<InterfaceSpec>(desired.Interfaces.Count);
        foreach (var spec in desired.Interfaces)
        {
            if (gone.Contains(spec.Name)) continue;
            interfaces.Add(spec.Ports is { } ports && !ports.All(p => Has(p.Name)) ? spec with { Ports = [.. ports.Where(p => Keep(p.Name))] } : spec);
        }

        missing = [.. gone];
        return gone.Count == 0 ? desired : desired with { Interfaces = interfaces };

        bool IsThere(string name) => observed.Find(name) is not null;
        bool Has(string name) => made.Contains(name) || IsThere(name);
        bool Keep(string name)
        {
            if (Has(name)) return true;
            gone.Add(name);
            return false;
        }
    }
}
