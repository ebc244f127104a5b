using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Sets MTUs in the only order the kernel takes: lower ones from the top down, then larger ones from the bottom up; a bond before its ports, which follow it.</summary>
internal static class Mtus
{
    public static void Add(Draft draft)
    {
        List<LinkGoal>? pending = null;
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (goal.IsPresent && Differs(draft, goal)) (pending ??= []).Add(goal);
        }

        if (pending is not null) SetAll(draft, pending);
        Restore(draft);
        NoteFollowers(draft);
    }

    private static void SetAll(Draft draft, List<LinkGoal> pending)
    {
        for (var i = pending.Count - 1; i >= 0; i--)
        {
            if (pending[i].Fields[CommonFields.Mtu]!.Value.Number < draft.State.Find(pending[i].Name)!.Mtu) Set(draft, pending[i]);
        }

        foreach (var goal in pending)
        {
            if (BondOf(draft, goal) is { } bond && Differs(draft, bond)) Set(draft, bond);
            Set(draft, goal);
        }

        // What followed another link away from what it is asked for.
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (goal.IsPresent) Set(draft, goal);
        }
    }

    /// <summary>A port that was off its bond on the way came back with the bond's MTU.</summary>
    private static void Restore(Draft draft)
    {
        foreach (var name in draft.State.Touched.ToArray())
        {
            if (draft.State.Find(name) is not { Rejoined: true, Controller: { } bond } link || draft.Observed.Find(name) is not { } before || before.Controller != bond) continue;
            if (before.Fields[CommonFields.Mtu] is not { } mtu || mtu.Number == link.Mtu || draft.Goals.Find(name)?.Fields.Contains(CommonFields.Mtu) == true) continue;
            if (draft.State.Find(bond) is not { Type: InterfaceType.Bond } now || now.Mtu != draft.Observed.Find(bond)?.Fields[CommonFields.Mtu]?.Number) continue;
            LinkSteps.SetFields(draft, name, new FieldSet().Set(CommonFields.Mtu, mtu), "it had this before it was taken off the bond");
        }
    }

    private static bool Differs(Draft draft, LinkGoal goal) =>
        goal.Fields[CommonFields.Mtu] is { } wanted && draft.State.Find(goal.Name) is { } link && link.Mtu != wanted.Number;

    private static LinkGoal? BondOf(Draft draft, LinkGoal goal) =>
        draft.State.Find(goal.Name)?.Controller is { } name && draft.Goals.Find(name) is { Type: InterfaceType.Bond, IsPresent: true } bond ? bond : null;

    private static void Set(Draft draft, LinkGoal goal)
    {
        if (!Differs(draft, goal)) return;
        var mtu = goal.Fields[CommonFields.Mtu]!.Value.Number;
        if (goal.Type is InterfaceType.Vlan or InterfaceType.Macvlan && goal.BaseLink is { } lower && draft.State.Find(lower)?.Mtu is { } limit && mtu > limit)
        {
            // A link created again keeps what it can of the MTU it had.
            if (goal.Wanted(CommonFields.Mtu) is not null) draft.Refuse($"{goal.Name}: mtu {mtu} is more than the {limit} of {lower}, on which it sits; raise that of {lower} too");
            return;
        }

        LinkSteps.SetFields(draft, goal.Name, new FieldSet().Set(CommonFields.Mtu, mtu), "it differs from what is asked for");
    }

    private static void NoteFollowers(Draft draft)
    {
        foreach (var name in draft.State.Touched)
        {
            if (draft.Goals.Find(name)?.Wanted(CommonFields.Mtu) is not null || draft.Observed.Find(name)?.Fields[CommonFields.Mtu] is not { } before) continue;
            if (draft.State.Find(name) is { Type: InterfaceType.Vlan or InterfaceType.Macvlan } link && link.Mtu < before.Number)
            {
                draft.Notes.Add($"{name} comes down with {link.BaseLink} to an MTU of {link.Mtu} (was {before.Number})");
            }
        }
    }
}
