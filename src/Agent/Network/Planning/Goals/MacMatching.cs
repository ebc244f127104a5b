using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>`identifier: mac-address`: puts the kernel's names in place of the document's. Costs nothing where no interface uses it.</summary>
internal static class MacMatching
{
    public static DesiredState Resolve(DesiredState desired, NetworkSnapshot observed, Action<string> refuse)
    {
        Dictionary<string, string>? names = null;
        Dictionary<string, string>? byMac = null;
        foreach (var spec in desired.Interfaces)
        {
            if (spec.MatchMac is not { } mac) continue;
            byMac ??= Physical(observed);
            if (byMac.TryGetValue(mac, out var name)) (names ??= new(StringComparer.Ordinal))[spec.Name] = name;
            else refuse($"{spec.Name}: no physical link has the MAC {mac}; `nodeagent net show` lists those there are");
        }

        if (byMac is null) return desired;
        return new DesiredState
        {
            Interfaces = [.. desired.Interfaces.Where(s => s.MatchMac is null || names?.ContainsKey(s.Name) == true).Select(s => Rename(s, names))],
            Routes = [.. desired.Routes.Select(r => r.NextHopInterface is { } i ? r with { NextHopInterface = Name(i, names) } : r)],
        };
    }

    private static Dictionary<string, string> Physical(NetworkSnapshot observed)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var link in observed.Links.Values)
        {
            if (link.Type == InterfaceType.Ethernet && link.PermanentMac is { } mac) found.TryAdd(mac, link.Name);
        }

        return found;
    }

    private static InterfaceSpec Rename(InterfaceSpec spec, Dictionary<string, string>? names)
    {
        var fields = new FieldSet();
        foreach (var entry in spec.Fields.AsSpan())
        {
            var value = entry.Field.Type == FieldType.LinkName && entry.Value.Text is { } link ? FieldValue.Of(Name(link, names)) : entry.Value;
            fields.Set(entry.Field, value, entry.Mark);
        }

        return spec with
        {
            Name = spec.MatchMac is null ? spec.Name : Name(spec.Name, names),
            MatchMac = null,
            Fields = fields,
            Ports = spec.Ports?.Select(p => p with { Name = Name(p.Name, names) }).ToArray(),
        };
    }

    private static string Name(string name, Dictionary<string, string>? names) => names is not null && names.TryGetValue(name, out var kernel) ? kernel : name;
}
