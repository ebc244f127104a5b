using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Verdicts;

namespace NodeAgent.Network.View;

/// <summary>What is wrong with a network, judged from its state alone. Links that nothing uses and no policy names are left in peace.</summary>
public static class NetworkProblems
{
    public static IReadOnlyList<Problem> Of(NetworkView view)
    {
        var problems = new List<Problem>();
        foreach (var policy in view.Policies)
        {
            if (policy.State != "in force") problems.Add(new Problem(null, $"policy {policy.Name}: {policy.State}{(policy.Message.Length > 0 ? ": " + policy.Message : "")}"));
        }

        var names = new List<string>(view.Snapshot.Links.Keys);
        names.Sort(NaturalOrder.Compare);
        foreach (var name in names)
        {
            var link = view.Snapshot.Links[name];
            if (link.Type == InterfaceType.Bond) Add(problems, name, LinkHealth.OfBond(view, link));
            else if ((link.Type == InterfaceType.LinuxBridge ? Bridge(view, link) : Single(view, link)) is { } text) problems.Add(new Problem(name, text));
            Add(problems, name, LinkHealth.OfUplink(view, link));
        }

        foreach (var conflict in LinkHealth.Conflicts(view)) problems.Add(new Problem(null, conflict.Sentence, conflict.Mac));
        return problems;
    }

    private static void Add(List<Problem> problems, string link, IReadOnlyList<Finding> found)
    {
        foreach (var finding in found)
        {
            if (finding.Severity != Severity.Ok) problems.Add(new Problem(link, finding.Sentence));
        }
    }

    private static string? Bridge(NetworkView view, LinkState bridge)
    {
        if (view.OwnersOf(bridge.Name).Count == 0) return null;
        if (!bridge.Up) return Down(view, bridge);
        return view.UplinksOf(bridge.Name).Count == 0 ? "has no uplink: only guests of this node reach each other over it" : null;
    }

    private static string? Single(NetworkView view, LinkState link)
    {
        var used = view.OwnersOf(link.Name).Count > 0 || (link.Controller is not null && !view.IsGuest(link)) || HasStaticAddress(link);
        if (!used || link.Type == InterfaceType.Loopback) return null;

        // The bond itself names its ports, and a lower link that is down is named by itself.
        if (link.Controller is { } controller && view.Snapshot.Find(controller)?.Type == InterfaceType.Bond) return null;
        if (!link.Up) return Down(view, link);
        if (link.Carrier) return null;
        return link.BaseLink is { } lower && view.Snapshot.Find(lower) is { } below && (!below.Up || !below.Carrier) ? null : "has no carrier: check the cable and the switch port";
    }

    private static string? Down(NetworkView view, LinkState link) => view.MayBeDown(link) ? null : "is down (administratively)";

    private static bool HasStaticAddress(LinkState link)
    {
        foreach (var address in link.Addresses)
        {
            if (address.IsStatic) return true;
        }

        return false;
    }
}
