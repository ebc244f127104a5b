using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Planning.Working;
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

        // What had to wait for a bond below it, or followed another link away from what it is asked for.
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (goal.IsPresent) Set(draft, goal, isLast: true);
        }
    }

    /// <summary>What lost its MTU only on the way: a port that was off its bond comes back with the bond's, and takes the VLANs on it down.</summary>
    private static void Restore(Draft draft)
    {
        foreach (var name in draft.State.Disturbed.ToArray())
        {
            if (draft.State.Find(name) is not { } link || draft.Observed.Find(name)?.Fields[CommonFields.Mtu] is not { } mtu || mtu.Number == link.Mtu) continue;
            if (draft.Goals.Find(name)?.Fields.Contains(CommonFields.Mtu) == true || !MayHave(draft, link, mtu.Number)) continue;
            LinkSteps.SetFields(draft, name, new FieldSet().Set(CommonFields.Mtu, mtu), "an earlier step changed it on its way");
        }
    }

    private static bool MayHave(Draft draft, WorkingLink link, long mtu)
    {
        if (link.Type is InterfaceType.Vlan or InterfaceType.Macvlan) return link.BaseLink is { } lower && draft.State.Find(lower)?.Mtu >= mtu;
        return link is { Rejoined: true, Controller: { } name } && draft.Observed.Find(link.Name)?.Controller == name
            && draft.State.Find(name) is { Type: InterfaceType.Bond } bond && bond.Mtu == draft.Observed.Find(name)?.Fields[CommonFields.Mtu]?.Number;
    }

    private static bool Differs(Draft draft, LinkGoal goal) =>
        goal.Fields[CommonFields.Mtu] is { } wanted && draft.FieldsOf(goal) is { } current && current[CommonFields.Mtu]?.Number != wanted.Number;

    private static LinkGoal? BondOf(Draft draft, LinkGoal goal) =>
        draft.State.Find(goal.Name)?.Controller is { } name && draft.Goals.Find(name) is { Type: InterfaceType.Bond, IsPresent: true } bond ? bond : null;

    private static void Set(Draft draft, LinkGoal goal, bool isLast = false)
    {
        if (!Differs(draft, goal)) return;
        var mtu = goal.Fields[CommonFields.Mtu]!.Value.Number;
        if (goal.Type is InterfaceType.Vlan or InterfaceType.Macvlan && goal.BaseLink is { } lower && draft.State.Find(lower)?.Mtu is { } limit && mtu > limit)
        {
            // A link created again keeps what it can of the MTU it had.
            if (isLast && goal.Wanted(CommonFields.Mtu) is not null) draft.Refuse($"{goal.Name}: mtu {mtu} is more than the {limit} of {lower}, on which it sits; raise that of {lower} too");
            return;
        }

        LinkSteps.SetFields(draft, goal.Name, new FieldSet().Set(CommonFields.Mtu, mtu), "it differs from what is asked for");
    }

    private static void NoteFollowers(Draft draft)
    {
        Dictionary<(string, long), List<string>>? followers = null;
        foreach (var name in draft.State.Disturbed)
        {
            if (draft.Goals.Find(name)?.Wanted(CommonFields.Mtu) is not null || draft.Observed.Find(name)?.Fields[CommonFields.Mtu] is not { } before) continue;
            if (draft.State.Find(name) is not { Type: InterfaceType.Vlan or InterfaceType.Macvlan, BaseLink: { } lower, Mtu: { } mtu } || mtu >= before.Number) continue;
            followers ??= [];
            if (!followers.TryGetValue((lower, mtu), out var names)) followers[(lower, mtu)] = names = [];
            names.Add(name);
        }

        foreach (var ((lower, mtu), names) in followers ?? []) draft.Notes.Add($"{NameList.Of(names)} come{(names.Count == 1 ? "s" : "")} down with {lower} to an MTU of {mtu}");
    }
}
