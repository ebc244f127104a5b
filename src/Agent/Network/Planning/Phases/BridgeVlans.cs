using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Planning.Working;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>
/// Gives ports exactly the VLANs that are asked for, then turns filtering on where that needs it: the kernel keeps the tables of a bridge
/// that does not filter, so that in this order no frame is lost in between.
/// </summary>
internal static class BridgeVlans
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (goal.IsPresent && goal.Wanted(BridgeFields.VlanFiltering)?.Number == 0) Forget(draft, goal);
            if (!goal.IsPresent || goal.Filters != true || goal.Spec?.Ports is not { } ports) continue;
            foreach (var port in ports)
            {
                if (port.Vlans is { } wanted && draft.State.Find(port.Name) is { } link && link.Controller == goal.Name)
                {
                    Set(draft, link, wanted, "these are the VLANs asked for on this port", goal.Policy);
                }
            }
        }

        foreach (var name in draft.State.Disturbed.ToArray()) Restore(draft, name);
        SelfVlans.Add(draft);
        TurnOn(draft);
    }

    /// <summary>The kernel keeps the tables of a bridge that no longer filters; whoever turns it on again must not find VLANs of old in them.</summary>
    private static void Forget(Draft draft, LinkGoal goal)
    {
        if (draft.State.Find(goal.Name) is not { } bridge) return;
        var kept = VlanTable.Default(bridge.Fields[BridgeFields.VlanDefaultPvid]?.Number ?? 1);
        foreach (var port in goal.Spec!.Ports ?? [])
        {
            if (draft.State.Find(port.Name) is { Vlans: not null } link && link.Controller == goal.Name) Set(draft, link, kept, $"{goal.Name} is asked not to filter VLANs", goal.Policy);
        }

        if (bridge.Vlans is not null) SelfVlans.Forget(draft, goal, kept);
    }

    private static void Restore(Draft draft, string name)
    {
        if (draft.State.Find(name) is not { Controller: { } controller } link || draft.Observed.Find(name) is not { Vlans: { } before } was) return;
        if (was.Controller != controller || (draft.Goals.Ports.TryGetValue(name, out var port) && port.Spec.Vlans is not null)) return;
        if (draft.State.Filters(draft.State.Find(controller))) Set(draft, link, before, "it had these VLANs before it was taken off the bridge", draft.PolicyOf(controller));
    }

    private static void Set(Draft draft, WorkingLink link, VlanTable wanted, string reason, string? policy)
    {
        var current = draft.State.VlansOf(link);
        if (IsUnknown(draft, link))
        {
            // Nobody sees the table of a port while the bridge does not filter; the kernel does not mind the removal of ids that are not in it.
            SetUnseen(draft, link, wanted, reason, policy);
            return;
        }

        if (current.Equals(wanted)) return;
        draft.Add(new SetVlansStep
        {
            Kind = draft.KindOf(link.Name),
            Link = link.Name,
            Remove = current.WhereIds(wanted, keep: false),
            Add = wanted.Except(current),
            Changes = [new Change("vlan", current.ToString(), wanted.ToString())],
            Reason = reason,
            Policy = policy,
        });
    }

    private static bool IsUnknown(Draft draft, WorkingLink link) =>
        link is { Vlans: null, Controller: { } controller } && draft.Observed.Find(link.Name)?.Controller == controller
        && !link.Rejoined && !draft.State.Filters(draft.State.Find(controller));

    private static void SetUnseen(Draft draft, WorkingLink link, VlanTable wanted, string reason, string? policy) => draft.Add(new SetVlansStep
    {
        Kind = draft.KindOf(link.Name),
        Link = link.Name,
        Remove = s_all.WhereIds(wanted, keep: false),
        Add = wanted,
        Changes = [new Change("vlan", "unfiltered", wanted.ToString())],
        Reason = reason,
        Policy = policy,
    });

    private static readonly VlanTable s_all = VlanTable.Of([new VlanRange(1, VlanTable.MaxId)]);

    private static void TurnOn(Draft draft)
    {
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (!goal.IsPresent || goal.Filters != true || draft.State.Find(goal.Name) is not { } bridge || draft.State.Filters(bridge)) continue;
            var named = goal.Wanted(BridgeFields.VlanFiltering) is not null;
            LinkSteps.SetFields(draft, goal.Name, new FieldSet().Set(BridgeFields.VlanFiltering, true), named ? "it is asked to filter VLANs" : "the vlan: of its ports needs a bridge that filters VLANs");
            var others = draft.State.Ports.Of(goal.Name).Where(p => !draft.Goals.Ports.ContainsKey(p)).ToArray();
            if (others.Length > 0) draft.Notes.Add($"{goal.Name}: with VLAN filtering on, VLAN {goal.Fields[BridgeFields.VlanDefaultPvid]?.Number ?? 1}, untagged, is all that {NameList.Of(others)} can use until given more");
        }
    }
}
