using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Sets fields that differ, all of a link in one step; those that depend on ports or on other links come later.</summary>
internal static class FieldChanges
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (!goal.IsPresent || draft.FieldsOf(goal) is not { } current) continue;
            FieldSet? differing = null;
            foreach (var entry in goal.Fields.AsSpan())
            {
                if (Waits(entry) || entry.Field.Apply == FieldApply.Recreate) continue;
                if (FieldEquality.Same(entry.Field, current[entry.Field], entry.Value)) continue;
                if (entry.Field == CommonFields.MacAddress && IsBondPortsOwn(draft, goal, entry.Value)) continue;
                (differing ??= new FieldSet()).Set(entry.Field, entry.Value, entry.Mark);
            }

            if (differing is not null) LinkSteps.SetFields(draft, goal.Name, differing, "it differs from what is asked for");
        }
    }

    /// <summary>A primary port follows after the ports; an MTU in the order of layers; filtering is turned on once the VLANs are right.</summary>
    private static bool Waits(FieldEntry entry) =>
        entry.Field == BondFields.Primary || entry.Field == CommonFields.Mtu || (entry.Field == BridgeFields.VlanFiltering && entry.Value.Number == 1);

    /// <summary>A bond gives its ports its own MAC: a document that lists a port's burnt-in one, as nmstate shows it, does not mean to fight that.</summary>
    private static bool IsBondPortsOwn(Draft draft, LinkGoal goal, FieldValue wanted)
    {
        if (goal.Observed?.PermanentMac != wanted.Text) return false;
        if (draft.Goals.Ports.TryGetValue(goal.Name, out var port)) return port.Controller.Type == InterfaceType.Bond;
        return draft.State.Find(goal.Name)?.Controller is { } name && draft.State.Find(name)?.Type == InterfaceType.Bond;
    }
}
