using NodeAgent.Network.Model;
using NodeAgent.Network.View;

namespace NodeAgent.Cli.Show;

/// <summary>One line of the tree: a link, or several alike that no policy names.</summary>
/// <param name="Branch">The lines that lead to it.</param>
/// <param name="Link">The link; null for a group.</param>
/// <param name="Group">The links that are shown as one.</param>
public readonly record struct TreeLine(string Branch, LinkState? Link, IReadOnlyList<LinkState> Group);

/// <summary>
/// The links from the top down: a bridge, beneath it its uplinks, what sits on it, its guests; under a bond its NICs.
/// Every link stands once.
/// </summary>
public sealed class LinkTree
{
    /// <summary>More guests than these are shown as one line.</summary>
    private const int MaxGuests = 4;

    private readonly NetworkView _view;
    private readonly bool _all;
    private readonly List<TreeLine> _lines = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private LinkTree(NetworkView view, bool all)
    {
        _view = view;
        _all = all;
    }

    /// <param name="view">What to show.</param>
    /// <param name="all">Every guest on its own line, the loopback too.</param>
    public static IReadOnlyList<TreeLine> Lines(NetworkView view, bool all)
    {
        var tree = new LinkTree(view, all);
        var roots = new List<LinkState>();
        foreach (var link in view.Snapshot.Links.Values)
        {
            if (tree.IsRoot(link) && (all || !IsPlainLoopback(link))) roots.Add(link);
        }

        roots.Sort(static (a, b) => Rank(a) != Rank(b) ? Rank(a).CompareTo(Rank(b)) : NaturalOrder.Compare(a.Name, b.Name));
        tree.AddRoots(roots);
        return tree._lines;
    }

    /// <summary>A link with everything beneath it.</summary>
    public static IReadOnlyList<TreeLine> LinesUnder(NetworkView view, LinkState link)
    {
        var tree = new LinkTree(view, all: true);
        tree.Add(link, "", "");
        return tree._lines;
    }

    private bool IsRoot(LinkState link) =>
        (link.Controller is null || _view.Snapshot.Find(link.Controller) is null)
        && (link.LowerElsewhere || link.BaseLink is not { } lower || _view.Snapshot.Find(lower) is null);

    private static bool IsPlainLoopback(LinkState link) =>
        link.Type == InterfaceType.Loopback && link.Addresses.All(static a => a.Cidr.Address.ToString().StartsWith("127.", StringComparison.Ordinal) || a.Cidr.Address.ToString() == "::1");

    private static int Rank(LinkState link) => link.Type switch
    {
        InterfaceType.LinuxBridge => 0,
        InterfaceType.Bond => 1,
        InterfaceType.Ethernet => 2,
        InterfaceType.Veth or InterfaceType.Tun or InterfaceType.Other => 4,
        InterfaceType.Loopback => 5,
        _ => 3,
    };

    /// <summary>Many links of pods (Cilium's, Calico's) stand at the top: they are one line for each kind.</summary>
    private void AddRoots(List<LinkState> roots)
    {
        var alike = new Dictionary<string, List<LinkState>>();
        foreach (var link in roots)
        {
            if (_all || !IsPodLink(link)) Add(link, "", "");
            else if (alike.TryGetValue(Kind(link), out var list)) list.Add(link);
            else alike[Kind(link)] = [link];
        }

        foreach (var group in alike.Values)
        {
            if (group.Count > MaxGuests) _lines.Add(new TreeLine("", null, group));
            else group.ForEach(l => Add(l, "", ""));
        }
    }

    private bool IsPodLink(LinkState link) =>
        link.IsGuestPort && (link.Type != InterfaceType.Veth || link.LowerElsewhere) && _view.OwnersOf(link.Name).Count == 0 && !link.Addresses.Any(static a => !a.LinkLocal)
        && _view.Snapshot.UppersOf(link.Name).Count == 0;

    private static string Kind(LinkState link) => link.Type == InterfaceType.Other ? link.Kind : link.Type.ToText();

    private void Add(LinkState link, string first, string rest)
    {
        // A veth pair, or a document that says so, can make a circle.
        if (!_seen.Add(link.Name)) return;
        _lines.Add(new TreeLine(first, link, []));
        var children = _view.UplinksOf(link.Name);
        children.AddRange(UppersOf(link.Name));
        var guests = _view.GuestsOf(link.Name);
        var grouped = !_all && guests.Count > MaxGuests;
        if (!grouped) children.AddRange(guests);
        children.RemoveAll(c => _seen.Contains(c.Name));
        for (var i = 0; i < children.Count; i++)
        {
            var last = i == children.Count - 1 && !grouped;
            Add(children[i], rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "));
        }

        if (grouped) _lines.Add(new TreeLine(rest + "└─ ", null, guests));
    }

    private List<LinkState> UppersOf(string lower)
    {
        var uppers = new List<LinkState>();
        foreach (var name in _view.Snapshot.UppersOf(lower))
        {
            // What sits here but is a port elsewhere stands under its controller.
            if (_view.Snapshot.Find(name) is { } upper && (upper.Controller is null || _view.Snapshot.Find(upper.Controller) is null)) uppers.Add(upper);
        }

        uppers.Sort(static (a, b) => NaturalOrder.Compare(a.Name, b.Name));
        return uppers;
    }
}
