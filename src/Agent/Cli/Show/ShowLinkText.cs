using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.View;
using NodeAgent.Verdicts;

namespace NodeAgent.Cli.Show;

/// <summary>`net show LINK`: everything about one link, its own tree and routes.</summary>
public static class ShowLinkText
{
    public static void Write(Invocation run, NetworkView view, LinkState link)
    {
        var style = run.Style;
        var state = LinkWords.State(link, style);
        run.Out.WriteLine($"{style.Head(link.Name)}  {LinkWords.Type(view, link)}, {(state.Paint ?? (static t => t))(state.Text)}");
        var facts = new TextTable();
        foreach (var problem in view.Problems)
        {
            if (problem.Link == link.Name) facts.Add(new Cell("problem", style.Bad), problem.Message);
        }

        foreach (var finding in Notes(view, link)) facts.Add("note", finding.Sentence);
        if (view.OwnersOf(link.Name) is { Count: > 0 } owners) facts.Add("policy", string.Join(", ", owners));
        if (link.Controller is not null) facts.Add("port of", link.Controller);
        if (link.BaseLink is { } lower) facts.Add("sits on", link.LowerElsewhere ? "a link of another network namespace" : lower);
        facts.Add("state", $"{(link.Up ? "up" : "down")}, {(link.Carrier ? "carrier" : "no carrier")}, operational: {link.OperState}");
        foreach (var address in link.Addresses)
        {
            facts.Add("address", address.Cidr + (address.Dynamic ? ", dynamic: not the agent's" : address.LinkLocal ? ", link-local" : ""));
        }

        foreach (var entry in link.Fields) facts.Add(entry.Field.Path, Value(entry));
        if (link.PermanentMac is not null) facts.Add("permanent mac", link.PermanentMac);
        foreach (var entry in link.PortOptions) facts.Add($"port {entry.Field.Path}", Value(entry));
        if (link.Type == InterfaceType.Bond) BondText.AddFacts(facts, view, link, style);
        else BondText.AddPort(facts, link, link.Controller is { } bond ? view.Snapshot.Find(bond) : null, style);
        if (link.Vlans is not null) facts.Add("vlans", link.Vlans.ToString());
        if (link.Type == InterfaceType.LinuxBridge) facts.Add("for guests", VlanText.Line(VlanAvailability.Of(view.Snapshot, link, view.UplinksOf(link.Name))));
        foreach (var route in view.Snapshot.Routes)
        {
            if (route.Device == link.Name) facts.Add("route", RouteWords.Short(route));
        }

        if (link.Index > 0) facts.Add("ifindex", link.Index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        facts.Write(run.Out, style, run.Settings.Width, "  ");
        var tree = LinkTree.LinesUnder(view, link);
        if (tree.Count <= 1) return;
        run.Out.WriteLine();
        ShowText.WriteTree(run, view, tree);
    }

    private static IEnumerable<Finding> Notes(NetworkView view, LinkState link) =>
        link.Type == InterfaceType.Bond ? LinkHealth.OfBond(view, link).Where(static f => f.Severity == Severity.Ok) : [];

    private static string Value(FieldEntry entry) => entry.Field.Unit is { } unit ? $"{entry.Text} {unit}" : entry.Text;
}
