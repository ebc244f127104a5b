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

            // The other end of a veth went with the first one.
            if (!goal.GoesAway || draft.State.Find(goal.Name) is null) continue;
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
