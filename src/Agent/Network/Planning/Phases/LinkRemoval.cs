using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Removes links, those on top first; one that is created again too.</summary>
internal static class LinkRemoval
{
    public static void Add(Draft draft)
    {
        var order = draft.Goals.BottomUp;
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var goal = order[i];

            // The other end of a veth goes, or went, with the one that is named.
            if (!goal.GoesAway || goal is { Spec: null, Type: InterfaceType.Veth, TakenBy: null } || draft.State.Find(goal.Name) is null) continue;
            draft.Add(new RemoveLinkStep
            {
                Kind = draft.KindOf(goal.Name),
                Link = goal.Name,
                Reason = goal.Fate == Fate.Recreate ? $"{goal.Cause}; it is created again" : goal.Cause,
                Policy = goal.Policy,
            });
        }
    }
}
