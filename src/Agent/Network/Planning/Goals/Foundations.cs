using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>Whether what new links stand on will be there. The document's own checks find most of it; what depends on the node is found here.</summary>
internal static class Foundations
{
    public static void Check(Draft draft)
    {
        foreach (var goal in draft.Goals.All)
        {
            if (!goal.IsPresent) continue;
            if (goal.IsNew)
            {
                CheckBase(draft, goal);
                CheckPeer(draft, goal);
                if (goal.Observed is { LowerElsewhere: true }) draft.Refuse($"{goal.Name} cannot be created again: its other half is in another network namespace; remove it there first ({goal.Cause})");
            }

            if (goal.Spec?.Ports is not { } ports) continue;
            foreach (var port in ports)
            {
                if (!WillExist(draft, port.Name)) draft.Refuse($"{port.Name}, a port of {goal.Name}, does not exist; check the name, or describe the link");
            }
        }
    }

    private static void CheckBase(Draft draft, LinkGoal goal)
    {
        if (goal.BaseLink is { } lower && !WillExist(draft, lower))
        {
            draft.Refuse(draft.Goals.Find(lower) is { IsPresent: false }
                ? $"{goal.Name} sits on {lower}, which is asked to be absent; keep {lower}, or make {goal.Name} absent too"
                : $"{goal.Name} sits on {lower}, which does not exist; check the name, or describe the link");
        }
    }

    private static void CheckPeer(Draft draft, LinkGoal goal)
    {
        if (goal.Type != InterfaceType.Veth) return;
        var peer = goal.Spec?.Fields.Text(VethFields.Peer) ?? goal.Observed?.Fields.Text(VethFields.Peer);
        if (peer is null)
        {
            if (!draft.Goals.NamedPeers.Contains(goal.Name)) draft.Refuse($"{goal.Name} is a veth without veth.peer, and no other end names it; add veth: {{ peer: NAME }}");
            return;
        }

        if (draft.Goals.Find(peer) is { } other ? other is { IsPresent: true, IsNew: false } or { IsPresent: false, Observed: null } : draft.Observed.Find(peer) is not null)
        {
            draft.Refuse($"{goal.Name} needs {peer} as its other end, but {peer} exists as a link of its own; remove it, or name another peer");
        }
    }

    private static bool WillExist(Draft draft, string name)
    {
        if (draft.Goals.TryFind(name, out var goal)) return goal.IsPresent;
        return draft.Observed.Find(name) is not null || draft.Goals.NamedPeers.Contains(name);
    }
}
