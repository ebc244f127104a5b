using System.Diagnostics.CodeAnalysis;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>All goals of a plan: the document's in its order, then those of links that are taken along.</summary>
internal sealed class GoalSet(int count)
{
    private readonly Dictionary<string, LinkGoal> _links = new(count, StringComparer.Ordinal);
    private readonly List<LinkGoal> _order = new(count);

    public IReadOnlyList<LinkGoal> All => _order;

    /// <summary>Lower links before the links on them, otherwise in the document's order.</summary>
    public IReadOnlyList<LinkGoal> BottomUp { get; set; } = [];

    /// <summary>Ports by name, as the lists of the document say.</summary>
    public Dictionary<string, PortGoal> Ports { get; } = new(StringComparer.Ordinal);

    /// <summary>Ports that a list of the document leaves out and that are let go for that.</summary>
    public HashSet<string> Released { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that veths of the document give to their other end.</summary>
    public HashSet<string> NamedPeers { get; } = new(StringComparer.Ordinal);

    public LinkGoal? Find(string name) => _links.GetValueOrDefault(name);

    public bool TryFind(string name, [NotNullWhen(true)] out LinkGoal? goal) => _links.TryGetValue(name, out goal);

    public bool Add(LinkGoal goal)
    {
        if (!_links.TryAdd(goal.Name, goal)) return false;
        _order.Add(goal);
        return true;
    }
}
