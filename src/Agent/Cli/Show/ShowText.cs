using NodeAgent.Network.Model;
using NodeAgent.Network.View;

namespace NodeAgent.Cli.Show;

/// <summary>`net show` for people: what is wrong first, then the tree, then what VMs can use, routes and policies.</summary>
public static class ShowText
{
    public static void Write(Invocation run, NetworkView view)
    {
        var output = run.Out;
        var style = run.Style;
        output.WriteLine(Summary(view, style));
        WriteWaiting(run, view);
        if (view.Problems.Count > 0)
        {
            output.WriteLine();
            output.WriteLine(style.Bad("Problems"));
            var problems = new TextTable();
            foreach (var problem in view.Problems) problems.Add(new Cell("!", style.Bad), problem.Object is null ? problem.Message : $"{problem.Object} {problem.Message}");
            problems.Write(output, style, run.Settings.Width, "  ");
        }

        output.WriteLine();
        if (view.Snapshot.Links.Count == 0) output.WriteLine("No links in this network namespace.");
        else WriteTree(run, view, LinkTree.Lines(view, run.Settings.Verbose));
        BondText.Write(run, view);
        VlanText.Write(run, view);
        WriteRoutes(run, view);
        WritePolicies(run, view);
    }

    /// <summary>Lines of the tree as a table.</summary>
    public static void WriteTree(Invocation run, NetworkView view, IReadOnlyList<TreeLine> lines)
    {
        var style = run.Style;
        var withPolicies = view.Policies.Any(static p => p.Links.Count > 0);
        var table = withPolicies ? new TextTable("LINK", "TYPE", "STATE", "MTU", "POLICY", "ADDRESSES") : new TextTable("LINK", "TYPE", "STATE", "MTU", "ADDRESSES");
        foreach (var (branch, link, group) in lines)
        {
            if (link is null)
            {
                table.Add(branch + GroupText(group));
                continue;
            }

            var mtu = LinkWords.Text(link, Network.Schema.CommonFields.Mtu);
            var detail = LinkWords.Detail(link, run.Settings.Verbose);
            if (withPolicies) table.Add(branch + link.Name, LinkWords.Type(view, link), LinkWords.State(link, style), mtu, string.Join(",", view.OwnersOf(link.Name)), detail);
            else table.Add(branch + link.Name, LinkWords.Type(view, link), LinkWords.State(link, style), mtu, detail);
        }

        table.Write(run.Out, style, run.Settings.Width);
    }

    private static string Summary(NetworkView view, Style style)
    {
        var guests = view.Snapshot.Links.Values.Count(view.IsGuest);
        var links = view.Snapshot.Links.Values.Count(static l => l.Type != InterfaceType.Loopback) - guests;
        var parts = new List<string>
        {
            Plural.Of(links, "link"),
            guests > 0 ? Plural.Of(guests, "guest port") : "no guests",
            view.Policies.Count > 0 ? Plural.Of(view.Policies.Count, "policy", "policies") : "no policies (net apply -f FILE adds one)",
            view.Problems.Count == 0 ? style.Good("no problems") : style.Bad(Plural.Of(view.Problems.Count, "problem")),
        };
        return string.Join(", ", parts);
    }

    private static void WriteWaiting(Invocation run, NetworkView view)
    {
        if (view.Waiting is not { } waiting) return;
        var left = waiting.Deadline - run.Host.Time.GetUtcNow();
        WriteWaiting(run, waiting.Id, waiting.Policy, Math.Max(0, (int)left.TotalSeconds));
    }

    /// <summary>The transaction that waits, and on a line of its own what confirms it.</summary>
    public static void WriteWaiting(Invocation run, string id, string policy, int seconds)
    {
        foreach (var line in TextWrap.Lines($"transaction {id} of policy {policy} is rolled back in {seconds} s unless confirmed:", run.Settings.Width)) run.Out.WriteLine(run.Style.Warn(line));
        run.Out.WriteLine(run.Style.Warn($"  nodeagent net confirm {id}"));
    }

    private static void WriteRoutes(Invocation run, NetworkView view)
    {
        run.Out.WriteLine();
        run.Out.WriteLine(run.Style.Head("Default routes"));
        var any = false;
        foreach (var route in view.Snapshot.Routes)
        {
            if (!route.IsDefault || route.Table != RouteSpec.MainTable) continue;
            any = true;
            run.Out.WriteLine($"  {RouteWords.Short(route)}");
        }

        if (!any) run.Out.WriteLine("  none: this node reaches only the networks it has an address in");
    }

    private static void WritePolicies(Invocation run, NetworkView view)
    {
        if (view.Policies.Count == 0) return;
        run.Out.WriteLine();
        PolicyText.Write(run, view.Policies);
    }

    private static string GroupText(IReadOnlyList<LinkState> group)
    {
        var kind = group[0].Type switch
        {
            InterfaceType.Tun => "tap",
            InterfaceType.Other => group[0].Kind,
            var type => type.ToText(),
        };
        if (group.Any(g => g.Type != group[0].Type)) kind = "guest port";
        var off = group.Where(static g => !g.Up || !g.Carrier).Select(static g => g.Name).ToList();
        var state = off.Count == 0 ? "all up" : off.Count == group.Count ? "none with a carrier" : $"{group.Count - off.Count} up, without carrier: {string.Join(" ", off.Take(3))}{(off.Count > 3 ? " …" : "")}";
        return $"{Plural.Of(group.Count, kind)} ({group[0].Name} … {group[^1].Name}), {state}; -v lists them";
    }
}
