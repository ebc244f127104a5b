using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Cli.Sandbox;

/// <summary>
/// A layout cut down to what the kernel has: a bond it lacks is stood in for by its first port; whatever else it lacks, and what
/// hangs on that, is left out. Everything that was changed is named.
/// </summary>
/// <param name="Desired">What the kernel can do of it.</param>
/// <param name="Notes">One sentence for each part that is missing, with what follows from it.</param>
public sealed record LayoutFit(DesiredState Desired, IReadOnlyList<string> Notes)
{
    public static LayoutFit Of(DesiredState layout, KernelParts kernel)
    {
        if (kernel.MissingTypes.Count == 0 && kernel.VlanFiltering is null) return new LayoutFit(layout, []);
        var notes = new List<string>();
        var standIns = StandIns(layout, kernel, notes);
        var gone = Missing(layout, kernel, standIns, notes);
        var interfaces = new List<InterfaceSpec>();
        foreach (var spec in layout.Interfaces)
        {
            if (!gone.Contains(spec.Name) && !standIns.ContainsKey(spec.Name)) interfaces.Add(Cut(spec, layout, kernel, standIns, gone, notes));
        }

        foreach (var (bond, first) in standIns)
        {
            if (interfaces.Exists(i => i.Name == first)) continue;
            var nic = new InterfaceSpec(first) { Type = InterfaceType.Ethernet, State = InterfaceState.Up };
            interfaces.Insert(0, Cut(nic, layout, kernel, new Dictionary<string, string> { [bond] = first }, gone, notes));
        }

        var routes = new List<RouteSpec>();
        foreach (var route in layout.Routes)
        {
            if (route.NextHopInterface is { } link && gone.Contains(link)) notes.Add($"the route to {route.Destination} over {link} is left out with it");
            else routes.Add(route with { NextHopInterface = route.NextHopInterface is { } by ? standIns.GetValueOrDefault(by, by) : null });
        }

        return new LayoutFit(new DesiredState { Interfaces = interfaces, Routes = routes }, notes);
    }

    private static Dictionary<string, string> StandIns(DesiredState layout, KernelParts kernel, List<string> notes)
    {
        var standIns = new Dictionary<string, string>(StringComparer.Ordinal);
        if (kernel.Has(InterfaceType.Bond)) return standIns;
        foreach (var bond in layout.Interfaces)
        {
            if (bond is { Type: InterfaceType.Bond, Ports: [var first, ..] }) standIns[bond.Name] = first.Name;
        }

        if (standIns.Count > 0) notes.Add($"bond: unsupported by this kernel ({kernel.MissingTypes[InterfaceType.Bond]}); {string.Join(", ", standIns.Select(s => $"{s.Key} is left out and {s.Value} stands in for it"))}");
        return standIns;
    }

    /// <summary>What is of a type the kernel lacks, and what sits on that.</summary>
    private static HashSet<string> Missing(DesiredState layout, KernelParts kernel, Dictionary<string, string> standIns, List<string> notes)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in layout.Interfaces.Where(i => i.Type is { } type && !kernel.Has(type) && !standIns.ContainsKey(i.Name)).GroupBy(i => i.Type!.Value))
        {
            var names = group.Select(i => i.Name).ToList();
            gone.UnionWith(names);
            notes.Add($"{group.Key.ToText()}: unsupported by this kernel ({kernel.MissingTypes[group.Key]}); {string.Join(", ", names)} left out");
        }

        while (layout.Interfaces.FirstOrDefault(i => i.BaseLink is { } lower && gone.Contains(lower) && !gone.Contains(i.Name)) is { } upper)
        {
            gone.Add(upper.Name);
            notes.Add($"{upper.Name} is left out with {upper.BaseLink}");
        }

        return gone;
    }

    private static InterfaceSpec Cut(InterfaceSpec spec, DesiredState layout, KernelParts kernel, Dictionary<string, string> standIns, HashSet<string> gone, List<string> notes)
    {
        if (standIns.FirstOrDefault(s => s.Value == spec.Name).Key is { } bondName)
        {
            var bond = layout.Interfaces.First(i => i.Name == bondName);
            spec = spec with { Ipv4 = bond.Ipv4 ?? spec.Ipv4, Ipv6 = bond.Ipv6 ?? spec.Ipv6 };
        }

        if (spec.BaseLink is { } lower && standIns.TryGetValue(lower, out var standIn)) spec = spec with { Fields = Rebased(spec.Fields, standIn) };
        if (spec.Ports is not null) spec = spec with { Ports = Ports(spec, kernel, standIns, gone, notes) };
        if (kernel.VlanFiltering is not null && spec.Fields.Contains(BridgeFields.VlanFiltering)) spec = spec with { Fields = Without(spec.Fields, BridgeFields.VlanFiltering) };
        return spec;
    }

    private static List<PortSpec> Ports(InterfaceSpec spec, KernelParts kernel, Dictionary<string, string> standIns, HashSet<string> gone, List<string> notes)
    {
        var ports = new List<PortSpec>();
        foreach (var port in spec.Ports!)
        {
            if (gone.Contains(port.Name)) continue;
            var kept = port with { Name = standIns.GetValueOrDefault(port.Name, port.Name) };
            if (kept.Vlans is not null && kernel.VlanFiltering is { } answer)
            {
                notes.Add($"VLAN filtering: unsupported by this kernel ({answer}); the VLANs of port {kept.Name} of {spec.Name} are left out");
                kept = kept with { Vlans = null };
            }

            ports.Add(kept);
        }

        return ports;
    }

    private static FieldSet Rebased(FieldSet fields, string lower)
    {
        var copy = fields.Clone();
        foreach (var field in new[] { VlanFields.BaseLink, MacvlanFields.BaseLink, VxlanFields.BaseLink })
        {
            if (copy.Contains(field)) copy.Set(field, lower);
        }

        return copy;
    }

    private static FieldSet Without(FieldSet fields, Field unwanted)
    {
        var copy = new FieldSet();
        foreach (var entry in fields)
        {
            if (!ReferenceEquals(entry.Field, unwanted)) copy.Set(entry.Field, entry.Value, entry.Mark);
        }

        return copy;
    }
}
