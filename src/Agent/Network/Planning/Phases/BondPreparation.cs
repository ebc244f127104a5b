using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Brings existing links into the state in which the kernel takes their new fields: down, and for a bond's mode without ports.</summary>
internal static class BondPreparation
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.All)
        {
            if (goal.Fate != Fate.Keep || Strictest(goal) is not { } field) continue;
            if (field.Apply == FieldApply.NoPorts)
            {
                foreach (var port in draft.State.Ports.Of(goal.Name).ToArray())
                {
                    LinkSteps.SetController(draft, port, null, $"{field.Key} of {goal.Name} changes only while it has no ports", goal.Policy);
                }
            }

            if (draft.State.Find(goal.Name)!.Up) LinkSteps.SetUp(draft, goal.Name, false, $"{field.Key} changes only while the link is down");
        }
    }

    /// <summary>Of the fields that differ, the one that needs most.</summary>
    private static Field? Strictest(LinkGoal goal)
    {
        Field? strictest = null;
        foreach (var entry in goal.Fields.AsSpan())
        {
            if (entry.Field.Apply is not (FieldApply.NoPorts or FieldApply.LinkDown)) continue;
            if (FieldEquality.Same(entry.Field, goal.Observed!.Fields[entry.Field], entry.Value)) continue;
            if (strictest is null || entry.Field.Apply > strictest.Apply) strictest = entry.Field;
        }

        return strictest;
    }
}
