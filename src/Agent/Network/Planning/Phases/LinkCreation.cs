using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Creates links, a base before what sits on it.</summary>
internal static class LinkCreation
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (!goal.IsNew || draft.State.Find(goal.Name) is not null) continue;
            var fields = CreationFields(draft, goal);
            if (goal.Type == InterfaceType.Veth && !fields.Contains(VethFields.Peer)) continue;
            draft.Add(new CreateLinkStep
            {
                Kind = goal.Kind,
                Link = goal.Name,
                Type = goal.Type,
                Fields = fields,
                Changes = LinkSteps.Changes(fields, null),
                Reason = goal.Cause,
                Policy = goal.Policy,
            });

            // Before it has ports: br_mtu_auto_adjust lets only an MTU alone that was set on a bridge, not one it was created with.
            if (goal.Type == InterfaceType.LinuxBridge && goal.Fields[CommonFields.Mtu] is { } mtu && draft.State.Find(goal.Name)!.Mtu != mtu.Number)
            {
                LinkSteps.SetFields(draft, goal.Name, new FieldSet().Set(CommonFields.Mtu, mtu), "an MTU that is set before the first port stays when ports join");
            }
        }
    }

    /// <summary>All but what has to wait: a bridge's MTU, an MTU above that of the base, a primary port.</summary>
    private static FieldSet CreationFields(Draft draft, LinkGoal goal)
    {
        var mtu = goal.Fields[CommonFields.Mtu]?.Number;
        var tooLarge = goal.Type is InterfaceType.Vlan or InterfaceType.Macvlan && goal.BaseLink is { } lower && mtu > draft.State.Find(lower)?.Mtu;
        var mtuWaits = mtu is not null && (tooLarge || goal.Type == InterfaceType.LinuxBridge);
        if (!mtuWaits && !goal.Fields.Contains(BondFields.Primary)) return goal.Fields;

        var fields = new FieldSet();
        foreach (var entry in goal.Fields.AsSpan())
        {
            if (entry.Field == BondFields.Primary || (mtuWaits && entry.Field == CommonFields.Mtu)) continue;
            fields.Set(entry.Field, entry.Value, entry.Mark);
        }

        return fields;
    }
}
