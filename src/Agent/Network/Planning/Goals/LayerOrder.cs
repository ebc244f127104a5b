using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>Sorts goals so that what a link stands on (its base, its ports) comes before it; a cycle, which the kernel would refuse, is cut where it is met.</summary>
internal static class LayerOrder
{
    public static IReadOnlyList<LinkGoal> Sort(Draft draft)
    {
        var order = new List<LinkGoal>(draft.Goals.All.Count);
        var stack = new Stack<(LinkGoal Goal, bool Done)>();
        foreach (var start in draft.Goals.All)
        {
            stack.Push((start, false));
            while (stack.TryPop(out var next))
            {
                if (next.Done) order.Add(next.Goal);
                else if (!next.Goal.Met)
                {
                    next.Goal.Met = true;
                    Push(draft, stack, next.Goal);
                }
            }
        }

        return order;
    }

    private static void Push(Draft draft, Stack<(LinkGoal Goal, bool Done)> stack, LinkGoal goal)
    {
        stack.Push((goal, true));
        if (goal.Spec?.Ports is { } ports)
        {
            for (var i = ports.Count - 1; i >= 0; i--) PushLower(draft, stack, ports[i].Name);
        }

        if (goal.BaseLink is { } lower) PushLower(draft, stack, lower);

        // Both ends of a veth come and go together, before and after all that sits on either.
        if (goal is { GoesAway: true, Type: InterfaceType.Veth } && goal.Observed!.Fields.Text(VethFields.Peer) is { } peer) PushLower(draft, stack, peer);

        // The old base too: what goes must go before what it sat on.
        if (goal is { GoesAway: true, Observed.BaseLink: { } old } && old != goal.BaseLink) PushLower(draft, stack, old);
    }

    private static void PushLower(Draft draft, Stack<(LinkGoal Goal, bool Done)> stack, string name)
    {
        if (draft.Goals.TryFind(name, out var lower)) stack.Push((lower, false));
    }
}
