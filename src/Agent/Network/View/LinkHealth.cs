using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Verdicts;

namespace NodeAgent.Network.View;

/// <summary>What there is to say of the bonds and uplinks of a view: the one source of problems, verdicts and metrics.</summary>
public static class LinkHealth
{
    /// <summary>Of a link in all its roles.</summary>
    public static IReadOnlyList<Finding> Of(NetworkView view, LinkState link) =>
        link.Type == InterfaceType.Bond ? [.. OfBond(view, link), .. OfUplink(view, link)] : OfUplink(view, link);

    /// <summary>Of a bond, the worst first.</summary>
    public static IReadOnlyList<Finding> OfBond(NetworkView view, LinkState bond) => BondJudge.Judge(new BondCase
    {
        Bond = bond,
        Ports = view.UplinksOf(bond.Name),
        IsWanted = view.OwnersOf(bond.Name).Count > 0,
        MayBeDown = view.MayBeDown(bond),
        IsBridged = IsPortOfBridge(view, bond) || view.Snapshot.UppersOf(bond.Name).Any(upper => view.Snapshot.Find(upper) is { } link && IsPortOfBridge(view, link)),
    });

    /// <summary>Of a link as an uplink of a bridge; empty where it is none.</summary>
    public static IReadOnlyList<Finding> OfUplink(NetworkView view, LinkState link)
    {
        if (!IsPortOfBridge(view, link) || view.IsGuest(link)) return [];
        var bridge = view.Snapshot.Find(link.Controller!)!;
        return UplinkJudge.Judge(new UplinkCase
        {
            Bridge = bridge,
            Uplink = link,
            Others = view.UplinksOf(bridge.Name).FindAll(other => other.Name != link.Name),
            Guests = view.GuestsOf(bridge.Name),
            OverBridge = Vlans(view, bridge),
            OverUplink = Vlans(view, link),
            Policy = view.OwnersOf(bridge.Name) is [var policy, ..] ? policy : null,
        });
    }

    /// <summary>A verdict for each bond.</summary>
    public static IReadOnlyList<Verdict> Bonds(NetworkView view) =>
        [.. view.Snapshot.Links.Values.Where(static l => l.Type == InterfaceType.Bond).Select(bond => Verdict(VerdictKind.Bond, bond.Name, OfBond(view, bond), Well(view, bond)))];

    /// <summary>A verdict for each uplink of a bridge that filters VLANs.</summary>
    public static IReadOnlyList<Verdict> Uplinks(NetworkView view) =>
        [.. view.Snapshot.Links.Values
            .Where(link => link.Vlans is not null && IsPortOfBridge(view, link) && !view.IsGuest(link))
            .Select(link => Verdict(VerdictKind.Uplink, link.Name, OfUplink(view, link), (UplinkWords.Healthy, $"lets through every VLAN that {link.Controller} needs")))];

    /// <summary>Addresses that more than one port claims: as somebody watched them move, and of the ports themselves.</summary>
    public static IReadOnlyList<MacConflict> Conflicts(NetworkView view) => [.. view.Macs, .. MacJudge.OfPorts(view)];

    /// <summary>A verdict for each such address; there is none for those that are well.</summary>
    public static IReadOnlyList<Verdict> Macs(NetworkView view) =>
        [.. Conflicts(view).GroupBy(static c => c.Mac, StringComparer.Ordinal).Select(static g => g.MaxBy(static c => c.Severity)!)
            .Select(static c => new Verdict(VerdictKind.Mac, c.Mac, c.State, c.Severity, $"{c.Mac} {c.Sentence}"))];

    private static Verdict Verdict(string kind, string name, IReadOnlyList<Finding> found, (string State, string Sentence) well) =>
        found is [{ Severity: not Severity.Ok } worst, ..] ? new Verdict(kind, name, worst.State, worst.Severity, $"{name} {worst.Sentence}") : new Verdict(kind, name, well.State, Severity.Ok, $"{name} {well.Sentence}");

    private static (string State, string Sentence) Well(NetworkView view, LinkState bond)
    {
        if (!bond.Up) return (BondWords.Down, "is down, as nothing asks otherwise");
        var ports = view.UplinksOf(bond.Name).Count;
        return bond.Bond?.PartnerMac is { } partner
            ? (BondWords.Healthy, $"carries traffic over {ports} ports, LACP partner {partner}")
            : (BondWords.Healthy, $"has {ports} ports up");
    }

    private static List<LinkState> Vlans(NetworkView view, LinkState lower)
    {
        var vlans = new List<LinkState>();
        foreach (var name in view.Snapshot.UppersOf(lower.Name))
        {
            if (view.Snapshot.Find(name) is { Type: InterfaceType.Vlan } vlan) vlans.Add(vlan);
        }

        return vlans;
    }

    private static bool IsPortOfBridge(NetworkView view, LinkState link) =>
        link.Controller is { } controller && view.Snapshot.Find(controller)?.Type == InterfaceType.LinuxBridge;
}
