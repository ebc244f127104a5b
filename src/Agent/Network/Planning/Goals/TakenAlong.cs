using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>The links that the kernel takes away with those that go: what sits on them, and the other end of a veth.</summary>
internal static class TakenAlong
{
    public static void Add(Draft draft)
    {
        var queue = new Queue<LinkGoal>();
        foreach (var goal in draft.Goals.All)
        {
            if (goal.GoesAway) queue.Enqueue(goal);
        }

        while (queue.TryDequeue(out var goal))
        {
            foreach (var upper in draft.Observed.UppersOf(goal.Name)) Take(draft, queue, goal, upper, $"it sits on {goal.Name}");
            if (Peer(draft, goal.Observed!) is { } peer) Take(draft, queue, goal, peer, $"it is the other end of {goal.Name}");
        }
    }

    private static void Take(Draft draft, Queue<LinkGoal> queue, LinkGoal taker, string name, string because)
    {
        var observed = draft.Observed.Find(name)!;
        if (draft.Goals.TryFind(name, out var goal))
        {
            if (goal.Fate != Fate.Keep) return;
            goal.Fate = Fate.Recreate;
            goal.Cause = taker.Fate == Fate.Recreate ? $"{because}, which is created again" : $"{because}, which goes";
            queue.Enqueue(goal);
            return;
        }

        var isPeer = observed.Type == InterfaceType.Veth;
        var back = taker.Fate == Fate.Recreate && Returns(taker, observed, isPeer);
        goal = new LinkGoal(name)
        {
            Observed = observed,
            Type = observed.Type,
            Fate = back ? Fate.Recreate : Fate.Remove,
            Cause = back ? $"{because}, which is created again" : $"{because}, and the kernel removes both together",
            TakenBy = isPeer ? null : taker.Name,
        };
        draft.Goals.Add(goal);
        queue.Enqueue(goal);
    }

    /// <summary>Whether a link that nobody documents can be put back once what it sat on is there again.</summary>
    private static bool Returns(LinkGoal taker, LinkState observed, bool isPeer) =>
        isPeer ? taker.Type == InterfaceType.Veth && (taker.Wanted(VethFields.Peer)?.Text ?? observed.Name) == observed.Name
        : observed.Type is InterfaceType.Vlan or InterfaceType.Macvlan or InterfaceType.Vxlan;

    private static string? Peer(Draft draft, LinkState link) =>
        link.Type == InterfaceType.Veth && link.Fields.Text(VethFields.Peer) is { } peer
        && draft.Observed.Find(peer) is { Type: InterfaceType.Veth } other && other.Fields.Text(VethFields.Peer) == link.Name ? peer : null;
}
