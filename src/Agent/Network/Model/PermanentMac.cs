namespace NodeAgent.Network.Model;

/// <summary>Puts the kernel's names in place of a document's for links matched by permanent MAC (`identifier: mac-address`), wherever they are named.</summary>
public static class PermanentMac
{
    /// <summary>
    /// The same state with the kernel's names; the state itself where no link is matched by MAC. Of a MAC that no physical link
    /// has <paramref name="onMissing"/> is told; that link keeps its name and <see cref="InterfaceSpec.MatchMac"/>.
    /// </summary>
    public static DesiredState Resolve(DesiredState desired, NetworkSnapshot observed, Action<InterfaceSpec> onMissing)
    {
        if (desired.Interfaces.All(i => i.MatchMac is null)) return desired;
        var byMac = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var link in observed.Links.Values)
        {
            if (link.PermanentMac is { } mac && link.Type == InterfaceType.Ethernet) byMac.TryAdd(mac, link.Name);
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var spec in desired.Interfaces)
        {
            if (spec.MatchMac is not { } mac) continue;
            if (byMac.TryGetValue(mac, out var name)) names[spec.Name] = name;
            else onMissing(spec);
        }

        return Rename(desired, names);
    }

    private static DesiredState Rename(DesiredState desired, Dictionary<string, string> names) => new()
    {
        Interfaces = [.. desired.Interfaces.Select(i => Rename(i, names))],
        Routes = [.. desired.Routes.Select(r => r.NextHopInterface is { } link ? r with { NextHopInterface = names.GetValueOrDefault(link, link) } : r)],
    };

    private static InterfaceSpec Rename(InterfaceSpec spec, Dictionary<string, string> names)
    {
        // A link matched by name keeps it, even where another's name in the document is the same as the kernel's of this one.
        var name = spec.MatchMac is null ? spec.Name : names.GetValueOrDefault(spec.Name, spec.Name);
        return spec with
        {
            Name = name,
            MatchMac = spec.MatchMac is not null && !names.ContainsKey(spec.Name) ? spec.MatchMac : null,
            Fields = Rename(spec.Fields, names),
            Ports = spec.Ports is { } ports ? [.. ports.Select(p => p with { Name = names.GetValueOrDefault(p.Name, p.Name) })] : null,
        };
    }

    private static FieldSet Rename(FieldSet fields, Dictionary<string, string> names)
    {
        if (fields.All(f => f.Field.Type != FieldType.LinkName || !names.ContainsKey(f.Value.Text!))) return fields;
        var renamed = new FieldSet();
        foreach (var entry in fields)
        {
            var value = entry.Field.Type == FieldType.LinkName ? FieldValue.Of(names.GetValueOrDefault(entry.Value.Text!, entry.Value.Text!)) : entry.Value;
            renamed.Set(entry.Field, value, entry.Mark);
        }

        return renamed;
    }
}
