using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Phases;
using NodeAgent.Network.Schema;

namespace NodeAgent.Tests.Unit.Planning;

/// <summary>A snapshot as text that is the same for the same state, so that two of them can be compared and a difference read.</summary>
internal static class Canon
{
    public static string Text(NetworkSnapshot snapshot)
    {
        var lines = new List<string>();
        foreach (var link in snapshot.Links.Values.OrderBy(l => l.Name, StringComparer.Ordinal))
        {
            lines.Add($"{link.Name} {link.Type} {(link.Up ? "up" : "down")} of {link.Controller ?? "-"} vlans {link.Vlans?.ToString() ?? "-"}");
            lines.Add("  " + string.Join(" ", link.Fields.Where(f => f.Text.Length > 0 && Matters(link, f.Field)).Select(f => $"{f.Field.Key}={f.Text}").Order(StringComparer.Ordinal)));
            var options = link.PortOptions.Where(o => o.Field != BridgeFields.PortPathCost || o.Value.Number > 100).Select(f => $"{f.Field.Key}={f.Text}").Order(StringComparer.Ordinal).ToArray();
            if (options.Length > 0) lines.Add("  port " + string.Join(" ", options));
            if (link.Addresses.Count > 0) lines.Add("  " + string.Join(" ", link.Addresses.Where(a => !a.LinkLocal).Select(a => $"{a.Cidr}{(a.Dynamic ? "!" : "")}").Order(StringComparer.Ordinal)));
        }

        lines.AddRange(snapshot.Routes.Where(r => !r.IsKernels).Select(RouteSteps.Text).Order(StringComparer.Ordinal));
        return string.Join("\n", lines);
    }

    /// <summary>An option that the bond's mode does not have: the kernel keeps a value, uses it for nothing and does not let it be set.</summary>
    private static bool Matters(LinkState link, Field field) =>
        link.Type != InterfaceType.Bond || BondFields.ModesOf(field) is not { } modes || (link.Fields[BondFields.Mode] is { } mode && modes.Contains((int)mode.Number));
}
