using NodeAgent.Network.Model;

namespace NodeAgent.Network.Applying;

/// <summary>Lays one desired state over another: where both name a field, a list or a route, the top one's word counts.</summary>
public static class SpecOverlay
{
    public static DesiredState Over(DesiredState below, DesiredState top)
    {
        var merged = new Dictionary<string, InterfaceSpec>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var spec in below.Interfaces.Concat(top.Interfaces))
        {
            if (merged.TryGetValue(spec.Name, out var lower))
            {
                merged[spec.Name] = Over(lower, spec);
                continue;
            }

            merged[spec.Name] = spec;
            order.Add(spec.Name);
        }

        var topRoutes = top.Routes.Select(Key).ToHashSet();
        return new DesiredState
        {
            Interfaces = [.. order.Select(n => merged[n])],
            Routes = [.. below.Routes.Where(r => !topRoutes.Contains(Key(r))), .. top.Routes],
        };
    }

    private static InterfaceSpec Over(InterfaceSpec below, InterfaceSpec top)
    {
        // An interface that one side wants away and the other described is whatever the top says, whole.
        if (top.IsAbsent || below.IsAbsent) return top;
        var fields = below.Fields.Clone();
        foreach (var entry in top.Fields) fields.Set(entry.Field, entry.Value, entry.Mark);
        return top with
        {
            Type = top.Type ?? below.Type,
            State = top.State ?? below.State,
            Fields = fields,
            Ipv4 = top.Ipv4 ?? below.Ipv4,
            Ipv6 = top.Ipv6 ?? below.Ipv6,
            Ports = Ports(below.Ports, top.Ports),
        };
    }

    private static IReadOnlyList<PortSpec>? Ports(IReadOnlyList<PortSpec>? below, IReadOnlyList<PortSpec>? top)
    {
        if (top is null || below is null) return top ?? below;
        return [.. top.Select(port => below.FirstOrDefault(b => b.Name == port.Name) is { } lower ? Over(lower, port) : port)];
    }

    private static PortSpec Over(PortSpec below, PortSpec top)
    {
        var options = below.Options.Clone();
        foreach (var entry in top.Options) options.Set(entry.Field, entry.Value, entry.Mark);
        return top with { Options = options, Vlans = top.Vlans ?? below.Vlans };
    }

    private static string Key(RouteSpec route) => $"{route.Destination} {route.NextHopInterface} {route.NextHopAddress} {route.Metric} {route.Table}";
}
