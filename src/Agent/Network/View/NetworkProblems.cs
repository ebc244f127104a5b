using NodeAgent.Network.Model;

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
            var text = link.Type switch
            {
                InterfaceType.Bond => Bond(view, link),
                InterfaceType.LinuxBridge => Bridge(view, link),
                _ => Single(view, link),
            };
            if (text is not null) problems.Add(new Problem(name, text));
        }

        return problems;
    }

    private static string? Bond(NetworkView view, LinkState bond)
    {
        var ports = view.UplinksOf(bond.Name);
        if (ports.Count == 0) return view.OwnersOf(bond.Name).Count > 0 || bond.Up ? "has no ports" : null;
        if (!bond.Up) return Down(view, bond);
        var bad = ports.FindAll(static p => !p.Up || !p.Carrier);
        if (bad.Count == 0) return bond.Carrier ? null : "has no carrier, although its ports have: it waits for its partner (LACP) or for min_links";
        var why = string.Join(", ", bad.ConvertAll(static p => $"{p.Name} {(p.Up ? "has no carrier" : "is down")}"));
        return bad.Count == ports.Count
            ? $"is cut off: {why}"
            : $"has {ports.Count - bad.Count} of {ports.Count} ports carrying traffic: {why}";
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

    // A policy may ask for it; one that asks for up would show as drifted.
    private static string? Down(NetworkView view, LinkState link) =>
        view.OwnersOf(link.Name).Count > 0 && view.Policies.All(static p => p.State == "in force") ? null : "is down (administratively)";

    private static bool HasStaticAddress(LinkState link)
    {
        foreach (var address in link.Addresses)
        {
            if (address.IsStatic) return true;
        }

        return false;
    }
}
