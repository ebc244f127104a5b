using NodeAgent.Network.Planning;
using NodeAgent.Network.View;

namespace NodeAgent.Cli.Show;

/// <summary>The VLANs that guests can use, a line for each bridge.</summary>
public static class VlanText
{
    private const int MaxTaken = 6;

    public static void Write(Invocation run, NetworkView view)
    {
        run.Out.WriteLine();
        run.Out.WriteLine(run.Style.Head("VLANs for guests"));
        var bridges = view.VlansForGuests();
        if (bridges.Count == 0)
        {
            run.Out.WriteLine("  no bridge on this node to attach guests to; examples/layout-a.yaml shows how");
            return;
        }

        var table = new TextTable();
        foreach (var bridge in bridges) table.Add(bridge.Bridge, Line(bridge));
        table.Write(run.Out, run.Style, run.Settings.Width, "  ");
    }

    public static string Line(VlanAvailability bridge)
    {
        if (bridge.Uplinks.Count == 0) return "no uplink: guests of this bridge reach each other only";
        var vlans = (bridge.Untagged, bridge.Tagged.IsEmpty) switch
        {
            (true, true) => "untagged only",
            (true, false) => $"untagged, {bridge.Tagged}",
            (false, true) => "none",
            (false, false) => bridge.Tagged.ToString(),
        };
        var text = $"{vlans} over {string.Join(", ", bridge.Uplinks)}";
        if (bridge.Taken.Count == 0) return text;
        var taken = string.Join(", ", bridge.Taken.Take(MaxTaken).Select(static t => $"{t.Id} by {t.By}")) + (bridge.Taken.Count > MaxTaken ? $" and {bridge.Taken.Count - MaxTaken} more" : "");
        return $"{text}; taken: {taken} ({bridge.Bridge}.{bridge.Taken[0].Id} would share it)";
    }
}
