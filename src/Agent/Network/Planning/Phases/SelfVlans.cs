using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>
/// A VLAN sub-interface of a bridge that filters hears nothing unless its id is, tagged, on the bridge itself. Ids are added for the
/// VLANs of the document, and for all there are when filtering is turned on; only those of the agent's own VLANs are taken away again.
/// </summary>
internal static class SelfVlans
{
    public static void Add(Draft draft)
    {
        Dictionary<string, List<(int Id, string Vlan)>>? needs = null;
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (goal.IsPresent && goal.Type == InterfaceType.Vlan && goal.BaseLink is { } lower) Need(draft, ref needs, lower, goal.Name);
            if (goal.IsPresent && goal.Filters == true && !draft.State.Filters(draft.State.Find(goal.Name)))
            {
                foreach (var upper in draft.State.Uppers.Of(goal.Name)) Need(draft, ref needs, goal.Name, upper);
            }
        }

        foreach (var (bridge, ids) in needs ?? []) Give(draft, bridge, ids);
        TakeBack(draft);
    }

    /// <summary>Leaves a bridge that is asked not to filter with the kernel's default.</summary>
    public static void Forget(Draft draft, LinkGoal goal, VlanTable kept)
    {
        var current = draft.State.VlansOf(draft.State.Find(goal.Name)!);
        if (!current.Equals(kept)) Change(draft, goal.Name, current, current.WhereIds(kept, keep: false), kept.Except(current), $"{goal.Name} is asked not to filter VLANs", goal.Policy);
    }

    private static void Need(Draft draft, ref Dictionary<string, List<(int Id, string Vlan)>>? needs, string bridge, string vlan)
    {
        if (draft.State.Find(bridge) is not { Type: InterfaceType.LinuxBridge } below || draft.State.Find(vlan) is not { Type: InterfaceType.Vlan } link) return;
        if (!(draft.Goals.Find(bridge)?.Filters ?? draft.State.Filters(below)) || link.Fields[VlanFields.Id] is not { } id) return;
        var table = draft.State.VlansOf(below);
        if (table.Contains((int)id.Number))
        {
            if (IsUntagged(table, (int)id.Number)) draft.Notes.Add($"{vlan} hears nothing: {bridge} itself has VLAN {id.Number} untagged, so that its frames go to {bridge}, not to {vlan}");
            return;
        }

        needs ??= new(StringComparer.Ordinal);
        if (!needs.TryGetValue(bridge, out var list)) needs[bridge] = list = [];
        list.Add(((int)id.Number, vlan));
    }

    private static void Give(Draft draft, string bridge, List<(int Id, string Vlan)> ids)
    {
        var current = draft.State.VlansOf(draft.State.Find(bridge)!);
        var add = VlanTable.Of(ids.Select(i => new VlanRange(i.Id, i.Id)));
        var first = ids[0];
        var rest = ids.Count > 1 ? $", and {ids.Count - 1} more the same way" : "";
        Change(draft, bridge, current, VlanTable.Empty, add, $"{first.Vlan} needs VLAN {first.Id} on {bridge} itself{rest}", draft.PolicyOf(first.Vlan));
    }

    private static void TakeBack(Draft draft)
    {
        Dictionary<string, (HashSet<long> Used, List<VlanRange> Idle, LinkGoal Goal)>? bridges = null;
        foreach (var goal in draft.Goals.All)
        {
            if (!goal.GoesAway || goal.Observed is not { Type: InterfaceType.Vlan, BaseLink: { } bridge } gone || !draft.Ownership.OwnsLink(goal.Name)) continue;
            if (draft.State.Find(bridge) is not { } below || !draft.State.Filters(below) || gone.Fields[VlanFields.Id] is not { } id) continue;
            bridges ??= new(StringComparer.Ordinal);
            if (!bridges.TryGetValue(bridge, out var found)) bridges[bridge] = found = (UsedIds(draft, bridge), [], goal);
            var table = draft.State.VlansOf(below);
            if (!found.Used.Contains(id.Number) && table.Contains((int)id.Number) && !IsUntagged(table, (int)id.Number)) found.Idle.Add(new VlanRange((int)id.Number, (int)id.Number));
        }

        foreach (var (bridge, found) in bridges ?? [])
        {
            if (found.Idle.Count == 0) continue;
            Change(draft, bridge, draft.State.VlansOf(draft.State.Find(bridge)!), VlanTable.Of(found.Idle), VlanTable.Empty, $"no VLAN sub-interface of {bridge} uses it any more", found.Goal.Policy);
        }
    }

    private static HashSet<long> UsedIds(Draft draft, string bridge)
    {
        var used = new HashSet<long>();
        foreach (var upper in draft.State.Uppers.Of(bridge))
        {
            if (draft.State.Find(upper)?.Fields[VlanFields.Id] is { } id) used.Add(id.Number);
        }

        return used;
    }

    private static bool IsUntagged(VlanTable table, int id)
    {
        foreach (var range in table.Ranges)
        {
            if (range.Contains(id)) return range.Untagged;
        }

        return false;
    }

    private static void Change(Draft draft, string bridge, VlanTable current, VlanTable remove, VlanTable add, string reason, string? policy) => draft.Add(new SetVlansStep
    {
        Kind = draft.KindOf(bridge),
        Link = bridge,
        Self = true,
        Remove = remove,
        Add = add,
        Changes = [new Change("vlan (the bridge itself)", current.ToString(), VlanTable.Of([.. current.WhereIds(remove, keep: false).Ranges, .. add.Ranges]).ToString())],
        Reason = reason,
        Policy = policy,
    });
}
